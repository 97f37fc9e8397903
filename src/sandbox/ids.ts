const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 24;

export type IdPrefix = 'col' | 'asset' | 'model';

/** Makes an id such as `col_` + 24 base-58 characters, out of numbers from `[0, 1)`. */
export function makeId(prefix: IdPrefix, random: () => number = Math.random): string {
  let id = `${prefix}_`;
  for (let index = 0; index < LENGTH; index += 1) {
    id += BASE58.charAt(Math.floor(random() * BASE58.length));
  }
  return id;
}
