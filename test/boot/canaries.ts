import { BODY_CANARY } from '../support/canaries.ts';
import * as faults from '../support/faulty-replies.ts';
import { KEY, SECRET } from '../support/gateway.ts';
import { type Answer, hang, json, reset, text } from '../support/scripted-upstream.ts';

export const REDIS_PASSWORD = 'canary-redis/p@ss';
export const COLLECTOR_TOKEN = 'canary-token-for-the-collector';
export const COLLECTION_NAME = 'canary-name-of-a-collection';

export const CREATE = `mutation {
  createCollection(input: { name: "${COLLECTION_NAME}", idempotencyKey: "canary-idempotency-key" }) { __typename }
}`;
export const READ = '{ collection(id: "canary-id") { name } }';

const encodings: ReadonlyArray<(value: string) => string> = [
  (value) => value,
  encodeURIComponent,
  (value) => Buffer.from(value).toString('base64').replace(/=+$/, ''),
  (value) => Buffer.from(value).toString('base64url'),
  (value) => Buffer.from(value).toString('hex'),
];
const SECRETS = [KEY, SECRET, `${KEY}:${SECRET}`, REDIS_PASSWORD, COLLECTOR_TOKEN].flatMap((secret) =>
  encodings.map((encode) => encode(secret)),
);

/** What the log holds that only those who take part may know; empty when it is discreet. */
export function leaksIn(lines: readonly string[]): string[] {
  const log = lines.join('');
  return [...SECRETS, COLLECTION_NAME, BODY_CANARY, 'canary'].filter((word) => log.includes(word));
}

/** How a server can fail a request; each answer repeats what it must not. */
export const FAILURES: ReadonlyArray<readonly [failure: string, answer: Answer]> = [
  ['repeats the headers in an error', ({ headers }) => json({ reason: [...headers].join() }, 500)],
  ['refuses with what it was sent', ({ headers }) => json({ message: [...headers].join() }, 401)],
  ['redirects', () => text('', 302, { location: `https://${KEY}:${SECRET}@canary.example/` })],
  ['gives HTML', faults.html],
  ['gives broken JSON', faults.brokenJson],
  [
    'gives other JSON',
    () => json({ [BODY_CANARY]: BODY_CANARY, keys: BODY_CANARY, collection: BODY_CANARY }),
  ],
  ['gives bytes that are no text', faults.invalidUtf8],
  ['gives a compressed body', faults.gzipped],
  ['speaks no HTTP', faults.notHttp],
  ['breaks its chunks', faults.badChunks],
  ['has two lengths', faults.twoLengths],
  ['ends within the body', faults.shortBody],
  ['resets', () => reset],
  ['never answers', () => hang],
];
