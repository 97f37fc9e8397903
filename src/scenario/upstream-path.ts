/** Writes a path with its query. What is `null` is left out. @param path already encoded */
export function upstreamPath(path: string, query: Readonly<Record<string, string | number | null>>): string {
  let text = path;
  let mark = '?';
  for (const name in query) {
    const value = query[name] ?? null;
    if (value === null) continue;
    text += `${mark}${name}=${encodeURIComponent(value)}`;
    mark = '&';
  }
  return text;
}
