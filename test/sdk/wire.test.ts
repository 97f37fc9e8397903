import { beforeAll, describe, expect } from 'vitest';
import type { ReceivedRequest } from '../support/received-request.ts';
import { sdkTest } from '../support/sdk-test.ts';
import { COLLECTION_CASES, LIST_CASE } from './collection-cases.ts';
import { LIBRARY_CASES } from './library-cases.ts';
import { wholeService } from './whole-service.ts';
import { openWitness, type Witness } from './witness.ts';

const BASE64_TOKENS = ['eyJvIjoz+/A==', '+/+/MDo='];

/** What both must agree on, byte for byte. The order of parameters has no meaning: each client has its own. */
const toSent = ({ method, target, body }: ReceivedRequest) => ({
  method,
  path: target.split('?')[0],
  parameters: target.split('?')[1]?.split('&').toSorted(),
  body,
});

/** Headers in which the two differ, `null` where one has none: the SDK's first, then the gateway's. */
const HEADER_DIFFERENCES = {
  // The gateway asks for plain bodies: to unpack costs more than the bytes between two servers, and can blow up.
  'accept-encoding': ['gzip, deflate', 'identity'],
  'user-agent': ['Scenario/Python 2.4.0', 'scenario-collections-gateway'],
  // The gateway's, so that one request can be found in the logs of both.
  'x-request-id': [null, expect.any(String)],
  // What the SDK tells of itself.
  'x-stainless-arch': [expect.any(String), null],
  'x-stainless-async': ['false', null],
  'x-stainless-lang': ['python', null],
  'x-stainless-os': [expect.any(String), null],
  'x-stainless-package-version': ['2.4.0', null],
  'x-stainless-read-timeout': ['60', null],
  'x-stainless-retry-count': ['0', null],
  'x-stainless-runtime': ['CPython', null],
  'x-stainless-runtime-version': [expect.any(String), null],
};

/** The headers that differ, by name, each with what the SDK and the gateway say. */
function differences(sdk: ReceivedRequest | undefined, gateway: ReceivedRequest | undefined): object {
  const valuesOf = (name: string) => [sdk, gateway].map((sent) => sent?.headers.get(name) ?? null);
  const names = [...(sdk?.headers.keys() ?? []), ...(gateway?.headers.keys() ?? [])];
  const different = names.filter((name) => new Set(valuesOf(name)).size === 2);
  return Object.fromEntries(different.map((name) => [name, valuesOf(name)]));
}

const PROJECTS = [null, 'proj_23tlk332lkht3kl2'];

describe.each(PROJECTS)('the gateway sends what the SDK sends, with project %s', (project) => {
  let witness: Witness;
  beforeAll(async () => {
    witness = await openWitness(wholeService(BASE64_TOKENS), project);
    return () => witness[Symbol.asyncDispose]();
  });

  sdkTest.for([...COLLECTION_CASES, ...LIBRARY_CASES])('$what', async (wireCase) => {
    const bySdk = await witness.bySdk(wireCase);
    const byGateway = await witness.byGateway(wireCase);
    expect(byGateway).not.toEqual([]);
    expect(byGateway.map(toSent)).toEqual(bySdk.map(toSent));
    const typed = wireCase.untyped ? { 'content-type': ['application/json', null] } : {};
    for (const [index, sent] of byGateway.entries())
      expect(differences(bySdk[index], sent)).toEqual({ ...HEADER_DIFFERENCES, ...typed });
  });
});

sdkTest('what base64 never holds is spelled in two ways in a token, and means the same', async () => {
  const token = "a b!'()*~é";
  await using witness = await openWitness(wholeService([token]), null);
  const [, bySdk] = await witness.bySdk(LIST_CASE);
  const [, byGateway] = await witness.byGateway(LIST_CASE);
  expect(bySdk?.query.get('paginationToken')).toBe(token);
  expect(byGateway?.query.get('paginationToken')).toBe(token);
  // The SDK writes as forms do, the gateway as addresses are written.
  expect(bySdk?.target).toMatch(/a\+b%21%27%28%29%2A~%C3%A9$/);
  expect(byGateway?.target).toMatch(/a%20b!'\(\)\*~%C3%A9$/);
});
