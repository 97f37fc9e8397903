/** What a request is sent to. */
export interface Target {
  /** Host and port in the form for proxies (`http://host/path`), `null` where only `Host` names them. */
  readonly authority: string | null;
  readonly path: string;
  /** The query with its question mark; empty where there is none. */
  readonly search: string;
}

const ABSOLUTE = /^https?:\/\/([^/?]*)/i;

/** Reads a request target. Nothing is decoded or resolved: another spelling of a path is another path. */
export function readTarget(url: string): Target {
  const [start = '', authority = null] = url.startsWith('/') ? [] : (ABSOLUTE.exec(url) ?? []);
  const rest = url.slice(start.length);
  const queryStart = rest.indexOf('?');
  const path = queryStart < 0 ? rest : rest.slice(0, queryStart);
  return {
    authority,
    path: path === '' && authority !== null ? '/' : path,
    search: queryStart < 0 ? '' : rest.slice(queryStart),
  };
}
