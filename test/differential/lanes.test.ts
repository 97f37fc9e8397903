import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { buildSchema } from '../../src/schema/schema.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { hang } from '../support/scripted-upstream.ts';
import { drawFrom, settings } from './draw.ts';
import { type LanePair, type LaneRequest, openLanePair } from './lane-pair.ts';
import { FIXED_DOCUMENTS, randomDocumentToSend, randomRequest, sha256 } from './random-request.ts';
import { answerByFate, HANGING_ID } from './scripted-fates.ts';

const schema = buildSchema();
const CORS = { CORS_ORIGINS: 'https://app.example' };
// Callers with a budget that only `heal` spends.
const HEALER = 'healer';
const REQUESTS_PER_DOCUMENT = 3;
const PROBE_INTERVAL_MS = 1_001;
// What counts for the breaker, which opens by time.
const OUTAGE = /UPSTREAM_UNAVAILABLE|WRITE_OUTCOME_UNKNOWN|UPSTREAM_TIMEOUT/;

// Answers tell times, and retries are spread at random: both the same for both gateways.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('both lanes give the same bytes, whatever is sent', { timeout: 120_000 }, async () => {
  const statuses = await compareLanes({ ...CORS, GRAPHIQL: 'true' }, [], 700);
  expect(statuses.get(200)).toBeGreaterThan((statuses.get('all') ?? 0) * 0.5);
});

test('both lanes give the same bytes from memory', { timeout: 120_000 }, async () => {
  const statuses = await compareLanes({ CACHE_TTL_MS: '600000' }, [], 250);
  expect(statuses.get(200)).toBeGreaterThan((statuses.get('all') ?? 0) * 0.5);
});

test('both lanes keep callers to their scopes and their budgets alike', { timeout: 120_000 }, async () => {
  const tokens = Array.from({ length: 60 }, (_, index) => `${index % 2 ? HEALER : 'caller'}-${index}`);
  const env = { ...CORS, AUTH_MODE: 'api-key', AUTH_API_KEYS: keysOf(tokens), RATE_LIMIT_PER_MINUTE: '25' };
  const statuses = await compareLanes(env, [...tokens, 'unknown'], 400);
  for (const status of [200, 401, 403, 429]) expect(statuses.get(status)).toBeGreaterThan(10);
});

test('both lanes run the same documents where only trusted ones may run', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  const manifest = join(folder, 'manifest.json');
  const trusted = FIXED_DOCUMENTS.filter((text) => text.trim() !== '');
  writeFileSync(manifest, JSON.stringify(Object.fromEntries(trusted.map((text) => [sha256(text), text]))));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const statuses = await compareLanes(
    { TRUSTED_DOCUMENTS: manifest, TRUSTED_DOCUMENTS_MODE: 'enforce' },
    [],
    150,
  );
  for (const status of [200, 403]) expect(statuses.get(status)).toBeGreaterThan(10);
});

test('both lanes end at the deadline alike', async () => {
  const pair = await openLanePair({}, (request) => (isOfWalk(request) ? hang : answerByFate(request)));
  const texts = [
    '{ collections(orderBy: { field: NAME, direction: ASC }) { nodes { id } } }',
    '{ collections(orderBy: { field: NAME, direction: DESC }) { nodes { id } } }',
    `{ collection(id: "${HANGING_ID}") { id } other: collection(id: "col_1") { id } }`,
    `mutation { deleteCollection(input: { id: "${HANGING_ID}" }) { __typename } }`,
    `mutation { addAssetsToCollection(input: { id: "${HANGING_ID}", assetIds: ["${HANGING_ID}"] }) { ... on Error { code } } }`,
  ];
  for (const [index, query] of texts.entries()) {
    const headers = { 'content-type': 'application/json', 'x-deadline-ms': '150' };
    const request = { method: 'POST', search: '', headers, body: Buffer.from(JSON.stringify({ query })) };
    const { fastPath, yoga } = await pair.send(request, `deadline-${index}`);
    expect(fastPath).toEqual(yoga);
    expect(fastPath.body).toMatch(OUTAGE);
  }
});

/** Whether it is for the index of collections, which goes in pages of 100 and on when who asked for it has gone. */
function isOfWalk({ query }: ReceivedRequest): boolean {
  return query.get('pageSize') === '100';
}

async function compareLanes(env: Record<string, string>, tokens: readonly string[], documents: number) {
  const pair = await openLanePair(env);
  const statuses = new Map<number | 'all', number>();
  const healers = tokens.filter((token) => token.startsWith(HEALER));
  const callers = tokens.filter((token) => !token.startsWith(HEALER));
  let sent = 0;
  const property = fc.asyncProperty(fc.gen(), async (generate) => {
    const draw = drawFrom(generate);
    const document = randomDocumentToSend(schema, draw);
    for (let turn = 0; turn < REQUESTS_PER_DOCUMENT; turn += 1) {
      const request = randomRequest(document, draw, callers);
      sent += 1;
      const { fastPath, yoga } = await pair.send(request, `request-${sent}`);
      const shown = show(request);
      expect({ ...shown, ...fastPath }).toEqual({ ...shown, ...yoga });
      for (const key of [fastPath.status, 'all'] as const) statuses.set(key, (statuses.get(key) ?? 0) + 1);
      if (OUTAGE.test(fastPath.body)) sent += await heal(pair, healers[sent % healers.length] ?? '');
    }
  });
  await fc.assert(property, settings(documents));
  const logs = await pair.logs();
  expect(logs.fastPath).toEqual(logs.yoga);
  expect(logs.fastPath.length).toBeGreaterThan(sent * 0.9);
  return statuses;
}

/** Lets a call come to something, so that neither gateway's breaker counts on, or stays open. */
async function heal(pair: LanePair, token: string): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = Buffer.from(JSON.stringify({ query: '{ collection(id: "col_1") { id } }' }));
  for (let turn = 1; turn < 5; turn += 1) {
    const { fastPath, yoga } = await pair.send({ method: 'POST', search: '', headers, body }, 'healing');
    if (!fastPath.body.includes('errors') && !yoga.body.includes('errors')) return turn;
    vi.advanceTimersByTime(PROBE_INTERVAL_MS);
  }
  throw new Error('the breaker stays open');
}

function show({ method, search, headers, body }: LaneRequest) {
  return {
    request: `${method} ${search} ${JSON.stringify(headers)} ${Buffer.from(body ?? [])
      .toString()
      .slice(0, 4_000)}`,
  };
}

function keysOf(tokens: readonly string[]): string {
  const scopes = [['collections:read', 'collections:write'], ['collections:read'], ['collections:write'], []];
  const keys = tokens.map((token, index) => ({
    name: token,
    sha256: sha256(token),
    scopes: token.startsWith(HEALER) ? scopes[0] : scopes[(index / 2) % scopes.length],
  }));
  return JSON.stringify(keys);
}
