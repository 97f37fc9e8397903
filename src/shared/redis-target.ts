interface Login {
  readonly username: string | null;
  readonly password: string | null;
}

interface Node {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, how it is run, and how to log in. */
export type RedisTarget = Login & { readonly isEncrypted: boolean } & (
    | ({ readonly kind: 'single'; readonly database: number } & Node)
    | { readonly kind: 'cluster'; readonly nodes: readonly Node[] }
    | {
        readonly kind: 'sentinel';
        readonly sentinels: readonly Node[];
        /** What the sentinels call the Redis that they watch. */
        readonly name: string;
        readonly database: number;
        /** For the sentinels themselves. */
        readonly sentinelLogin: Login;
      }
  );

const FORM =
  /^(rediss?)(?:\+(cluster|sentinel))?:\/\/(?:([^/?#]*)@)?([^/?#@]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/;
const NODE = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
const DATABASE = /^\d{1,5}$/;
const REDIS_PORT = 6_379;
const SENTINEL_PORT = 26_379;

/**
 * Reads `redis://host`, `redis+cluster://host,host` or `redis+sentinel://host,host/name`, each also with `rediss` for TLS,
 * a login, ports, and the number of a database where there can be several. `null` for anything else.
 */
export function parseRedisUrl(url: string): RedisTarget | null {
  const [matched, scheme, kind = 'single', login, hosts = '', path = '', query] = FORM.exec(url) ?? [];
  const nodes = readNodes(hosts, kind === 'sentinel' ? SENTINEL_PORT : REDIS_PORT);
  const [first] = nodes ?? [];
  if (matched === undefined || !nodes || !first) return null;
  const common = { ...readLogin(login), isEncrypted: scheme === 'rediss' };
  if (kind === 'cluster') return path === '' || path === '0' ? { ...common, kind, nodes } : null;
  if (kind === 'sentinel') return readSentinel(path, query, { ...common, sentinels: nodes });
  const database = readDatabase(path);
  return nodes.length === 1 && database !== null ? { ...common, kind: 'single', database, ...first } : null;
}

function readSentinel(
  path: string,
  query: string | undefined,
  known: Login & { readonly isEncrypted: boolean; readonly sentinels: readonly Node[] },
): RedisTarget | null {
  const [name = '', databaseText = '', ...more] = path.split('/').map(decode);
  const database = readDatabase(databaseText);
  if (name === '' || database === null || more.length > 0) return null;
  const options = new URLSearchParams(query);
  const sentinelLogin = {
    username: options.get('sentinelUsername'),
    password: options.get('sentinelPassword'),
  };
  return { ...known, kind: 'sentinel', name, database, sentinelLogin };
}

function readNodes(hosts: string, defaultPort: number): readonly Node[] | null {
  const nodes = hosts.split(',').map((text) => {
    const [, host, port = String(defaultPort)] = NODE.exec(text) ?? [];
    return { host: host?.replace(/^\[|\]$/g, '') ?? '', port: Number(port) };
  });
  return nodes.every(({ host, port }) => host !== '' && port >= 1 && port <= 65_535) ? nodes : null;
}

function readLogin(login: string | undefined): Login {
  const [, username = '', password = ''] = /^([^:]*):?(.*)$/s.exec(login ?? '') ?? [];
  return { username: decode(username) || null, password: decode(password) || null };
}

function readDatabase(text: string): number | null {
  if (text === '') return 0;
  return DATABASE.test(text) ? Number(text) : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
