/** Looks into parsed JSON along a path; `undefined` where it leads nowhere. */
export function dig(value: unknown, ...path: ReadonlyArray<string | number>): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
