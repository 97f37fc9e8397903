/** Writes a path with its query. What is `null` is left out. @param path already encoded */
export function upstreamPath(path: string, query: Readonly<Record<string, string | number | null>>): string {
  const parameters: string[] = [];
  for (const [name, value] of Object.entries(query))
    if (value !== null) parameters.push(`${name}=${encodeURIComponent(value)}`);
  return `${path}?${parameters.join('&')}`;
}
