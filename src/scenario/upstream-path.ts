/** Writes a path with its query. What is `null` is left out. @param path already encoded */
export type UpstreamPath = (path: string, query?: Readonly<Record<string, string | number | null>>) => string;

/** @param projectId sent with every call when set */
export function createUpstreamPath(projectId: string | null): UpstreamPath {
  return (path, query = {}) => {
    const parameters: string[] = [];
    for (const [name, value] of Object.entries({ ...query, projectId }))
      if (value !== null) parameters.push(`${name}=${encodeURIComponent(value)}`);
    return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
  };
}
