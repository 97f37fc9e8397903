const numbers = new Intl.NumberFormat('en');

/** `1 asset`, `1,204 assets` */
export function countOf(count: number, thing: string): string {
  return `${numbers.format(count)} ${thing}${count === 1 ? '' : 's'}`;
}
