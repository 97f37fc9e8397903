/**
 * Reads a header such as `text/html, application/json;q=0.5`.
 * @returns what it names, in lower case, each with its weight from 0 (not acceptable) to 1
 */
export function parseAccept(header = ''): ReadonlyMap<string, number> {
  const entries = header.split(',').map((part): [string, number] => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return [name, weight === undefined ? 1 : Number(weight.slice(2))];
  });
  return new Map(entries);
}
