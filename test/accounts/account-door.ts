import { hash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type GraphQLAnswer, type QueryInit, startGateway, type TestGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Reply, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

export const NAMES = ['default', 'animation', 'brand-2'] as const;

export type Name = (typeof NAMES)[number];

/** What the upstream does for an account. */
export type AccountAnswer = (account: Name, request: ReceivedRequest) => Reply | Promise<Reply>;

/** A gateway with three accounts before a scripted upstream, which tells them apart by their credentials alone. */
export interface AccountDoor {
  readonly url: string;
  readonly logLines: readonly string[];
  /** Asks with the API key of a caller of this account. */
  ask(account: Name, document: string, variables?: object, init?: QueryInit): Promise<GraphQLAnswer>;
  /** The calls that were made with the credentials of this account, as `METHOD target`. */
  calls(account: Name): readonly string[];
  /** What `/readyz` lists. */
  degraded(): Promise<unknown>;
  /** Sockets that are open to the upstream. */
  readonly sockets: ReadonlySet<unknown>;
}

/** The variables of the accounts. The first one is the default. */
const ACCOUNTS = {
  SCENARIO_SDK_API_KEY: 'key-default',
  SCENARIO_SDK_API_SECRET: 'secret-default',
  SCENARIO_ACCOUNTS: JSON.stringify(
    NAMES.slice(1).map((name) => ({ name, key: `key-${name}`, secret: `secret-${name}` })),
  ),
};

const KEYS = NAMES.map((name) => ({
  name: `caller-of-${name}`,
  sha256: hash('sha256', keyOf(name)),
  scopes: ['collections:read', 'collections:write'],
  ...(name === 'default' ? {} : { account: name }),
}));

/** The variables that give each account a caller with a key. */
const CALLERS = { ...ACCOUNTS, AUTH_MODE: 'api-key', AUTH_API_KEYS: JSON.stringify(KEYS) };

/** @param env further variables of the gateway */
export async function openAccountDoor(
  answer: AccountAnswer,
  env: Record<string, string> = {},
): Promise<AccountDoor> {
  return (await openReplicas(answer, env, 1))[0];
}

/** Opens as many replicas of the gateway before one upstream, for as long as the test runs. */
export async function openReplicas(
  answer: AccountAnswer,
  env: Record<string, string>,
  count: number,
): Promise<readonly [AccountDoor, ...AccountDoor[]]> {
  const upstream = await startScriptedUpstream((request) => answer(accountOf(request), request));
  onTestFinished(upstream.close);
  const open = async (): Promise<AccountDoor> => {
    const gateway = await startGateway(upstream.url, { ...CALLERS, ...env });
    onTestFinished(gateway.stop);
    return toDoor(gateway, upstream);
  };
  const first = await open();
  const others = await Promise.all(Array.from({ length: count - 1 }, open));
  return [first, ...others];
}

function toDoor({ url, logLines, query }: TestGateway, upstream: ScriptedUpstream): AccountDoor {
  return {
    url,
    logLines,
    ask: (account, document, variables, init) =>
      query(document, variables, {
        ...init,
        headers: { authorization: `Bearer ${keyOf(account)}`, ...init?.headers },
      }),
    calls: (account) =>
      upstream.requests
        .filter((request) => accountOf(request) === account)
        .map(({ method, target }) => `${method} ${target}`),
    degraded: async () => {
      const health: unknown = await (await fetch(new URL('/readyz', url))).json();
      return { degraded: null, ...Object(health) }.degraded;
    },
    sockets: upstream.sockets,
  };
}

function keyOf(account: Name): string {
  return `client-key-of-${account}`;
}

/** Whose credentials came with a request. @throws when they are nobody's, or mixed */
function accountOf({ headers }: ReceivedRequest): Name {
  const [, encoded = ''] = headers.get('authorization')?.split(' ') ?? [];
  const found = NAMES.find((name) => atob(encoded) === `key-${name}:secret-${name}`);
  if (found === undefined) throw new Error('the credentials are those of no account');
  return found;
}
