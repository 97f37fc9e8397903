import type { IncomingMessage } from 'node:http';
import { assertNever } from '../../shared/assert-never.ts';
import { DEFAULT_ACCOUNT } from '../../shared/brands.ts';
import type { Logger } from '../../shared/logger.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import type { Refusal } from '../edge/refusal.ts';
import { type ApiKey, createKeyCheck } from './api-key.ts';
import { ALL_SCOPES, type Caller } from './caller.ts';
import { readBearer } from './read-bearer.ts';
import { type Credential, type Rejection, toRefusal } from './rejection.ts';
import { createTokenCheck, type TokenSettings } from './token-check.ts';

export type { ApiKey } from './api-key.ts';

/** Settings of callers, checked by the configuration. */
export type AuthConfig =
  | { readonly mode: 'none' }
  | { readonly mode: 'api-key'; readonly keys: readonly ApiKey[] }
  | ({ readonly mode: 'jwt' } & TokenSettings);

/** Says who sent a request, or why that cannot be told. Synchronous where nothing must be fetched. */
export type Authenticator = (
  req: IncomingMessage,
) => Result<Caller, Refusal> | Promise<Result<Caller, Refusal>>;

type Identified = Result<Caller, Rejection>;

const MAX_KEY_LENGTH = 4_096;

/**
 * Builds what asks callers who they are. It never throws or rejects: who is not let in gets a 401 with code
 * `UNAUTHENTICATED`, a 403 with `FORBIDDEN` where its token is of no account here, or a 503 with `OVERLOADED` while the keys for tokens cannot be fetched.
 */
export function createAuthenticator(config: AuthConfig, logger: Logger): Authenticator {
  switch (config.mode) {
    case 'none':
      return (req) => succeed(anyCaller(req));
    case 'api-key':
      return askForBearer('API key', MAX_KEY_LENGTH, createKeyCheck(config.keys), logger);
    case 'jwt':
      return askForBearer('token', config.maxTokenBytes, createTokenCheck(config, logger), logger);
    default:
      return assertNever(config);
  }
}

function anyCaller(req: IncomingMessage): Caller {
  const name = req.socket.remoteAddress ?? 'unknown';
  return { identity: null, name, scopes: ALL_SCOPES, account: DEFAULT_ACCOUNT };
}

function askForBearer(
  credential: Credential,
  maxLength: number,
  identify: (presented: string) => Identified | Promise<Identified>,
  logger: Logger,
): Authenticator {
  const settle = (identified: Identified): Result<Caller, Refusal> => {
    if (identified.ok) return identified;
    const { failure } = identified;
    logger.debug({ reason: 'reason' in failure ? failure.reason : failure.kind }, 'the caller is not let in');
    return fail(toRefusal(failure, credential));
  };
  return (req) => {
    const presented = readBearer(req, maxLength);
    const identified = presented.ok ? identify(presented.value) : presented;
    return identified instanceof Promise ? identified.then(settle) : settle(identified);
  };
}
