/** Cuts a list into parts of at most `size` items, in order. */
export function chunksOf<Item>(items: readonly Item[], size: number): Array<readonly Item[]> {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
