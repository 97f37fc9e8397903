import {
  badChunks,
  behind,
  behindMark,
  body,
  brokenJson,
  closeUnanswered,
  drip,
  endlessBody,
  type Fault,
  flood,
  gzipBomb,
  gzipped,
  html,
  hugeHeaders,
  invalidUtf8,
  notHttp,
  resetInBody,
  resetInHeaders,
  saidToBeIn,
  shortBody,
  slowlyBehind,
  status,
  twoLengths,
  unendedChunks,
} from '../support/faulty-replies.ts';
import { hang, raw, reset, text } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import {
  askedToRepeat,
  type Expectation,
  empty,
  harmless,
  incomprehensible,
  late,
  lost,
  malformed,
  refused,
  refusedForIds,
  unclear,
  unreadable,
} from './results.ts';

/** One way in which the upstream fails, and what comes of it. */
export interface FaultCase {
  readonly fault: string;
  readonly play: Fault;
  readonly expected: Expectation;
  /** How the fault meets a write that it has no reason to refuse: a 2xx means that it was applied. */
  readonly when: 'before applying' | 'after applying';
}

type NamedFault = readonly [fault: string, play: Fault, expected: Expectation];

const brokenExchanges: readonly NamedFault[] = [
  ['connection reset before an answer', () => reset, lost('UPSTREAM_UNAVAILABLE')],
  ['connection closed before an answer', closeUnanswered, lost('UPSTREAM_UNAVAILABLE')],
  ['no answer', () => hang, late()],
  ['connection reset in the headers', resetInHeaders, lost('UPSTREAM_UNAVAILABLE')],
  ['headers of 100 KB', hugeHeaders, lost('UPSTREAM_UNAVAILABLE')],
  ['an answer that is no HTTP', notHttp, lost('UPSTREAM_UNAVAILABLE')],
  ['two different lengths', twoLengths, lost('UPSTREAM_UNAVAILABLE')],
  ['a broken chunk', badChunks, lost('UPSTREAM_UNAVAILABLE')],
  ['connection reset in the body', resetInBody, lost('UPSTREAM_UNAVAILABLE')],
  ['a body shorter than its length', shortBody, lost('UPSTREAM_UNAVAILABLE')],
  ['chunks without an end', unendedChunks, lost('UPSTREAM_UNAVAILABLE')],
  ['a body that stops half way', endlessBody, late()],
  ['a body that drips, 1 byte each 100 ms', drip, late()],
  ['500', status(500), lost('UPSTREAM_UNAVAILABLE', 2)],
  ['502', status(502), lost('UPSTREAM_UNAVAILABLE')],
  ['503', status(503), lost('UPSTREAM_UNAVAILABLE')],
  ['504', status(504), lost('UPSTREAM_UNAVAILABLE')],
];

const otherStatuses: readonly NamedFault[] = [
  ...[300, 301, 302, 303, 304, 307, 308].map(
    (code): NamedFault => [
      `${code}, with a location`,
      status(code, { location: '/v1/elsewhere' }),
      unclear('UPSTREAM_BAD_RESPONSE'),
    ],
  ),
  ['400', status(400), refusedForIds('BAD_USER_INPUT')],
  ['401', status(401), refused('UPSTREAM_REJECTED')],
  ['403 on an object', status(403), refusedForIds('FORBIDDEN', { create: ['UPSTREAM_REJECTED', 1] })],
  [
    '403 by the API gateway',
    status(403, { 'x-amzn-errortype': 'ForbiddenException' }),
    refused('UPSTREAM_REJECTED'),
  ],
  [
    '404',
    status(404),
    refusedForIds('NOT_FOUND', { read: ['null', 1], create: ['UPSTREAM_BAD_RESPONSE', 1] }),
  ],
  ['408', status(408), unclear('UPSTREAM_BAD_RESPONSE')],
  ['409', status(409), refusedForIds('CONFLICT')],
  ['413', status(413), refused('UPSTREAM_BAD_RESPONSE')],
  ['418', status(418), refused('UPSTREAM_BAD_RESPONSE')],
  ['422', status(422), refusedForIds('BAD_USER_INPUT')],
  ['429 without `Retry-After`', status(429), refused('RATE_LIMITED')],
  ['429 with `Retry-After: 0`', status(429, { 'retry-after': '0' }), askedToRepeat('RATE_LIMITED')],
  ['501', status(501), unclear('UPSTREAM_UNAVAILABLE')],
  ['503 with `Retry-After: 0`', status(503, { 'retry-after': '0' }), askedToRepeat('UPSTREAM_UNAVAILABLE')],
  ['505', status(505), unclear('UPSTREAM_UNAVAILABLE')],
  ['599', status(599), unclear('UPSTREAM_UNAVAILABLE')],
];

const oddBodies: readonly NamedFault[] = [
  ['200 in gzip', gzipped, lost('UPSTREAM_BAD_RESPONSE')],
  ['200 with a gzip bomb', gzipBomb, lost('UPSTREAM_BAD_RESPONSE')],
  ['200 with 200 MB, announced', flood(200, true), lost('UPSTREAM_BAD_RESPONSE')],
  ['200 with 200 MB, not announced', flood(200, false), lost('UPSTREAM_BAD_RESPONSE')],
  ['200 with HTML', html, unreadable()],
  ['200 with nothing', () => text(''), empty()],
  ['200 with half a JSON', brokenJson, unreadable()],
  ['200 with 1,000,000 open brackets', () => text('['.repeat(1_000_000)), unreadable()],
  ['204', () => raw('HTTP/1.1 204 No Content\r\n\r\n', 'keep'), empty()],
  ['200 with `null`', body(null), malformed()],
  ['200 with `[]`', body([]), malformed()],
  ['200 with a string', body('{}'), incomprehensible()],
  ['200 with bytes that are no UTF-8', invalidUtf8, incomprehensible()],
  ['200 with `{}`', body({}), malformed()],
  ['200 with `{"collection": null}`', body({ collection: null }), malformed()],
  ['200 without a name', body({ collection: { ...wireCollection(), name: undefined } }), malformed()],
  [
    '200 with a count that is a string',
    body({ collection: wireCollection({ assetCount: '3' }) }),
    malformed(),
  ],
  ['200 with an id that is a path', body({ collection: wireCollection({ id: '../x' }) }), malformed()],
  ['200 with a name nested 500,000 deep', () => nested('{"collection":{"name":'), unreadable()],
  [
    '200 with unknown fields',
    body({ collection: wireCollection({ more: { fields: [1] } }), extra: true }),
    harmless(),
  ],
  ['200 with an unknown field nested 500,000 deep', () => nested(COLLECTION_AND), unreadable()],
  [
    '200 with 100,000 open brackets in a text',
    body({ collection: wireCollection(), note: '[{"\\'.repeat(50_000) }),
    harmless(),
  ],
  [
    '200 with `__proto__` keys',
    () => text(`${COLLECTION_AND}{"__proto__":{"name":1}}},"__proto__":{"collection":1}}`),
    harmless(),
  ],
];

// What other clients take, too.
const oddHeads: readonly NamedFault[] = [
  ['200 behind a 100 that nobody asked for', behind('100 Continue'), harmless()],
  ['200 behind several 100, byte by byte', slowlyBehind('100', '100 Continue\r\nvia: a'), harmless()],
  [
    '200 behind 102 and 103',
    behind('102 Processing', '103 Early Hints\r\ncontent-encoding: gzip', '100 Continue'),
    harmless(),
  ],
  ['200, said to be encoded in utf-8', saidToBeIn('utf-8'), harmless()],
  ['200, said to be encoded in identity', saidToBeIn('Identity'), harmless()],
  ['200, said to be encoded in nothing', saidToBeIn(''), harmless()],
  ['200 behind a byte order mark', behindMark, harmless()],
  ...['gzip', 'GZIP', 'x-gzip', 'br', 'deflate', 'zstd', 'identity, gzip'].map(
    (coding): NamedFault => [
      `200, said to be in ${coding}`,
      saidToBeIn(coding),
      lost('UPSTREAM_BAD_RESPONSE'),
    ],
  ),
];

const COLLECTION_AND = `{"collection":${JSON.stringify(wireCollection()).slice(0, -1)},"__proto__":`;

function nested(head: string) {
  const depth = 500_000;
  return text(`${head}${'['.repeat(depth)}${']'.repeat(depth)}}}`);
}

/** Every fault of one exchange with the upstream. */
export const FAULT_CASES: readonly FaultCase[] = [
  ...[...brokenExchanges, ...otherStatuses].map(toCase('before applying')),
  ...[...oddBodies, ...oddHeads].map(toCase('after applying')),
];

function toCase(when: FaultCase['when']) {
  return ([fault, play, expected]: NamedFault): FaultCase => ({ fault, play, expected, when });
}
