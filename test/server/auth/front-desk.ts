import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import {
  type AuthConfig,
  type Authenticator,
  createAuthenticator,
} from '../../../src/server/auth/authenticator.ts';
import type { Logger } from '../../../src/shared/logger.ts';
import { exchange } from '../wire-exchange.ts';

/** A server that only tells every request whom it takes it for: `{ caller }` or `{ refusal }`, and `isSync`. */
export interface FrontDesk {
  /** Sends a request with these `Authorization` headers. */
  readonly ask: (...authorization: string[]) => Promise<unknown>;
  /** Sends a request with `Authorization: Bearer <token>`. */
  readonly present: (token: string) => Promise<unknown>;
  /** What was logged, one line per event: level, message and fields. */
  readonly logged: string[];
}

/** Opens a front desk, closed when the test is over. */
export async function openFrontDesk(config: AuthConfig): Promise<FrontDesk> {
  const logged: string[] = [];
  const authenticate = createAuthenticator(config, loggerTo(logged));
  // Wide enough for every header to reach what is tested.
  const server = createServer({ maxHeaderSize: 262_144 }, (req, res) => {
    const result = authenticate(req);
    void answer(res, result, !(result instanceof Promise));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const ask = async (...authorization: string[]): Promise<unknown> => {
    const { body } = await exchange(`http://127.0.0.1:${port}`, {
      headers: { Authorization: authorization },
    });
    return JSON.parse(body);
  };
  return { ask, present: (token) => ask(`Bearer ${token}`), logged };
}

/** What is said when a token was given that is not good enough, for this reason in words. */
export function refusedToken(message: RegExp) {
  return {
    refusal: {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(message),
      headers: { 'www-authenticate': 'Bearer realm="collections", error="invalid_token"' },
    },
  };
}

/** What is said when there was none of what callers are known by. */
export function noCredential(credential: string) {
  return {
    refusal: {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: `The request has no ${credential}: send the header "Authorization: Bearer <${credential}>".`,
      headers: { 'www-authenticate': 'Bearer realm="collections"' },
    },
  };
}

async function answer(
  res: ServerResponse,
  result: ReturnType<Authenticator>,
  isSync: boolean,
): Promise<void> {
  const settled = await result;
  const reception = settled.ok
    ? { caller: { name: settled.value.name, scopes: [...settled.value.scopes] } }
    : { refusal: settled.failure };
  res.end(JSON.stringify({ ...reception, isSync }));
}

function loggerTo(lines: string[]): Logger {
  const at = (level: string) => (fields: object, message: string) => {
    const { err } = { err: undefined, ...fields };
    lines.push(`${level} ${message} ${JSON.stringify({ ...fields, err: String(err) })}`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
