import { decodeComponent } from './decode-component.ts';

import { fail, type Result, succeed } from './result.ts';

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

const CLUSTER = 'cluster';
const SENTINEL = 'sentinel';

/** What stands in a URL, as far as it can be read. */
interface Parts extends Login {
  readonly isEncrypted: boolean;
  readonly kind: string | undefined;
  readonly nodes: ReadonlyArray<Node | null>;
  /** What the sentinels call the Redis; empty without sentinels. */
  readonly name: string;
  readonly database: number | null;
  readonly sentinelLogin: Login;
}

/**
 * Reads `redis://host`, `redis+cluster://host,host` or `redis+sentinel://host,host/name`, each also with `rediss` for TLS,
 * a login, ports, and the number of a database where there can be several.
 * @returns for anything else every problem: a phrase such as `must have one host`, which quotes nothing
 */
export function parseRedisUrl(url: string): Result<RedisTarget, readonly string[]> {
  const parts = readParts(url);
  if (parts === null) {
    return fail([
      'must be redis://host, redis+cluster://host,host or redis+sentinel://host,host/name, or rediss for TLS',
    ]);
  }
  const target = toTarget(parts);
  return target ? succeed(target) : fail(problemsOf(parts));
}

function readParts(url: string): Parts | null {
  const [matched, scheme, kind, login, hosts = '', path = '', query] = FORM.exec(url) ?? [];
  if (matched === undefined) return null;
  const port = kind === SENTINEL ? SENTINEL_PORT : REDIS_PORT;
  const [name = '', database = '', ...more] =
    kind === SENTINEL ? path.split('/').map(decodeComponent) : ['', path];
  const options = new URLSearchParams(query);
  return {
    ...readLogin(login),
    isEncrypted: scheme === 'rediss',
    kind,
    nodes: hosts.split(',').map((host) => readNode(host, port)),
    name,
    database: more.length > 0 ? null : readDatabase(database),
    sentinelLogin: { username: options.get('sentinelUsername'), password: options.get('sentinelPassword') },
  };
}

function toTarget(parts: Parts): RedisTarget | null {
  const { username, password, isEncrypted, kind, name, database, sentinelLogin } = parts;
  const nodes = parts.nodes.filter((node) => node !== null);
  const [first, ...others] = nodes;
  if (!first || nodes.length < parts.nodes.length || database === null) return null;
  const common = { username, password, isEncrypted };
  if (kind === CLUSTER) return database === 0 ? { ...common, kind, nodes } : null;
  if (kind === SENTINEL)
    return name === '' ? null : { ...common, kind, sentinels: nodes, name, database, sentinelLogin };
  return others.length === 0 ? { ...common, kind: 'single', database, ...first } : null;
}

function problemsOf({ kind, nodes, name, database }: Parts): readonly string[] {
  const problems = nodes.flatMap((node, index) =>
    node
      ? []
      : [`must have a host name or an address at place ${index + 1} of its hosts, with a port up to 65535`],
  );
  const isSingle = kind !== CLUSTER && kind !== SENTINEL;
  if (isSingle && nodes.length > 1)
    problems.push('must have one host, as several are redis+cluster:// or redis+sentinel://');
  if (kind === SENTINEL && name === '')
    problems.push('must have the name of the Redis behind its hosts, as in redis+sentinel://host,host/name');
  if (kind === CLUSTER && database !== 0)
    problems.push('must have no database, as a cluster has number 0 alone');
  if (kind !== CLUSTER && database === null)
    problems.push('must have the number of a database at its end, or nothing');
  return problems;
}

function readNode(text: string, defaultPort: number): Node | null {
  const [, host, port = String(defaultPort)] = NODE.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return null;
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

function readLogin(login: string | undefined): Login {
  const [, username = '', password = ''] = /^([^:]*):?(.*)$/s.exec(login ?? '') ?? [];
  return { username: decodeComponent(username) || null, password: decodeComponent(password) || null };
}

function readDatabase(text: string): number | null {
  if (text === '') return 0;
  return DATABASE.test(text) ? Number(text) : null;
}
