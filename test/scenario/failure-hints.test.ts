import { expect, test } from 'vitest';
import { html, status } from '../support/faulty-replies.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { hang, json, type Reply, reset } from '../support/scripted-upstream.ts';

const READ = '{ collection(id: "col_1") { name } }';
const CREATE =
  'mutation { createCollection(input: { name: "Props" }) { ... on CreateCollectionPayload { __typename } } }';
const UPDATE =
  'mutation { updateCollection(input: { id: "col_1", name: "New" }) { ... on UpdateCollectionPayload { __typename } } }';
// So that no Retry-After is waited for.
const HASTY = { headers: { 'x-request-id': 'request-1', 'x-deadline-ms': '2500' } };

const plain = (code: number, headers: Record<string, string> = {}): Reply => json({}, code, headers);
const WAIT = { 'retry-after': '30' };

const TABLE: ReadonlyArray<readonly [name: string, reply: Reply, hints: object]> = [
  ['401', plain(401), { code: 'UPSTREAM_REJECTED', retryable: false }],
  [
    '403 of the API gateway',
    plain(403, { 'x-amzn-errortype': 'ForbiddenException' }),
    { code: 'UPSTREAM_REJECTED', retryable: false },
  ],
  ['403', plain(403), { code: 'FORBIDDEN', retryable: false }],
  ['418', plain(418), { code: 'UPSTREAM_BAD_RESPONSE', retryable: false }],
  ['302', plain(302), { code: 'UPSTREAM_BAD_RESPONSE', retryable: false }],
  ['429', plain(429), { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 60_000 }],
  ['429 with Retry-After', plain(429, WAIT), { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 30_000 }],
  [
    'a limit of the plan',
    json({ details: { actionLimit: 5 } }, 429, WAIT),
    { code: 'QUOTA_EXCEEDED', retryable: false },
  ],
  ['500', plain(500), { code: 'UPSTREAM_UNAVAILABLE', retryable: true }],
  [
    '503 with Retry-After',
    plain(503, WAIT),
    { code: 'UPSTREAM_UNAVAILABLE', retryable: true, retryAfterMs: 30_000 },
  ],
  ['a reset', reset, { code: 'UPSTREAM_UNAVAILABLE', retryable: true }],
  ['no answer', hang, { code: 'UPSTREAM_TIMEOUT', retryable: true }],
  ['another shape', json({ collection: {} }), { code: 'UPSTREAM_BAD_RESPONSE', retryable: false }],
];

test.each(TABLE)('a read that comes to %s has these hints and no others', async (_name, reply, hints) => {
  const { query } = await openFrontDoor(() => reply);
  const { body, headers } = await query(READ, {}, HASTY);
  expect(body.errors).toMatchObject([{ path: ['collection'] }]);
  expect(body.errors?.[0]?.extensions).toEqual({ requestId: 'request-1', ...hints });
  const waitS = 'retryAfterMs' in hints ? String(Number(hints.retryAfterMs) / 1_000) : null;
  expect(headers.get('retry-after')).toBe(waitS);
});

test('a wait is a minute at most, in words too, for whoever met the 429 and for the next', async () => {
  const { query, upstream } = await openFrontDoor(() => plain(429, { 'retry-after': '99999999' }));
  for (let asked = 0; asked < 2; asked += 1) {
    const { body, headers } = await query(READ, {}, HASTY);
    expect(body.errors).toMatchObject([
      {
        message: expect.stringMatching(/ Wait (60|5\d) s before /),
        extensions: { retryAfterMs: expect.toSatisfy((ms: number) => ms > 50_000 && ms <= 60_000) },
      },
    ]);
    expect(headers.get('retry-after')).toMatch(/^(60|5\d)$/);
  }
  expect(upstream.requests).toHaveLength(1);
});

test('while everybody waits behind a 429, the hints tell how long', async () => {
  const { query, upstream } = await openFrontDoor(() => plain(429, WAIT));
  await query(READ, {}, HASTY);
  const { body } = await query(READ, {}, HASTY);
  expect(body.errors?.[0]?.extensions).toEqual({
    requestId: 'request-1',
    code: 'RATE_LIMITED',
    retryable: true,
    retryAfterMs: expect.toSatisfy((ms: number) => ms > 0 && ms <= 30_000),
  });
  expect(upstream.requests).toHaveLength(1);
});

test('while the circuit is open, the hints tell when it is probed', async () => {
  const { query } = await openFrontDoor((request) => status(501)(request));
  for (let failed = 0; failed < 10; failed += 1) await query(READ);
  const { body } = await query(READ, {}, HASTY);
  expect(body.errors?.[0]?.extensions).toEqual({
    requestId: 'request-1',
    code: 'UPSTREAM_UNAVAILABLE',
    retryable: true,
    retryAfterMs: 1_000,
  });
});

test.each([
  ['a create', CREATE, { endpoint: 'collections.create', collectionId: null, name: 'Props' }],
  ['a rename', UPDATE, { endpoint: 'collections.update', collectionId: 'col_1', name: 'New' }],
])(
  '%s whose outcome is unknown tells which write it was, and is not to be repeated',
  async (_name, document, write) => {
    const { query } = await openFrontDoor((request) => html(request));
    const sentAfter = Date.now();
    const { body } = await query(document, {}, { headers: { 'x-request-id': 'request-1' } });
    expect(body.errors?.[0]?.extensions).toEqual({
      requestId: 'request-1',
      code: 'WRITE_OUTCOME_UNKNOWN',
      retryable: false,
      write: {
        ...write,
        startedAt: expect.toSatisfy(
          (at: string) => new Date(at).toISOString() === at && Date.parse(at) >= sentAfter,
        ),
      },
    });
  },
);
