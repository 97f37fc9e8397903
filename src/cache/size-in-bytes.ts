const VALUE_BYTES = 8;
const TEXT_BYTES = 24;
const OBJECT_BYTES = 56;

/**
 * About how many bytes of memory a value of plain data takes, with all that hangs on it; rather too many than too few: a
 * character counts as two bytes, as it is where any of the text needs them.
 */
export function sizeInBytes(value: unknown): number {
  const left = [value];
  let bytes = 0;
  while (left.length > 0) {
    const part = left.pop();
    bytes += VALUE_BYTES;
    if (typeof part === 'string') bytes += TEXT_BYTES + 2 * part.length;
    else if (part instanceof Map) {
      bytes += OBJECT_BYTES;
      for (const entry of part) left.push(...entry);
    } else if (typeof part === 'object' && part !== null) {
      bytes += OBJECT_BYTES;
      for (const each of Object.values(part)) left.push(each);
    }
  }
  return bytes;
}
