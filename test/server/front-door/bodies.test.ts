import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../../support/front-door.ts';

const READ = '{ collection(id: "col_1") { name } }';
const BODY = JSON.stringify({ query: READ });

async function post(body: Uint8Array | string, headers: Record<string, string> = {}) {
  const { query, wire } = await openFrontDoor(everyCollection);
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  const answer = await query('', {}, { body: bytes, headers });
  return { status: answer.status, codes: codesOf(answer), calls: wire().length };
}

const refused = (status: number) => ({ status, codes: ['BAD_USER_INPUT'], calls: 0 });

describe('a body is never', () => {
  it.each([
    ['gzip, and compressed', gzipSync(BODY), 'gzip'],
    ['gzip, and plain', BODY, 'gzip'],
    ['gzip twice', gzipSync(gzipSync(BODY)), 'gzip, gzip'],
    ['deflate', deflateRawSync(BODY), 'deflate'],
    ['br', BODY, 'br'],
    ['of an unknown coding', BODY, 'rot13'],
    ['coded in more than one way', BODY, 'identity, gzip'],
  ])('%s', async (_what, body, coding) => {
    expect(await post(body, { 'content-encoding': coding })).toEqual(refused(415));
  });

  it('compressed without a word', async () => {
    expect(await post(gzipSync(BODY))).toEqual(refused(400));
  });

  it.each(['utf-16', 'utf-16le', 'iso-8859-1', 'us-ascii', 'utf-7', '"utf-16"', ''])(
    'in another charset: %s',
    async (charset) => {
      expect(await post(BODY, { 'content-type': `application/json; charset=${charset}` })).toEqual(
        refused(415),
      );
    },
  );

  it.each([
    ['a byte that stands alone', [0x80]],
    ['a character that is cut off', [0xe2, 0x82]],
    ['a character that is longer than it need be', [0xc0, 0xaf]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
    ['a character beyond the last', [0xf4, 0x90, 0x80, 0x80]],
    ['another alphabet', [0xe9]],
  ])('broken UTF-8: %s', async (_what, bytes) => {
    const [before = '', after = ''] = BODY.split('col_1');
    const body = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
    expect(await post(body)).toEqual(refused(400));
  });

  it('UTF-16', async () => {
    expect(await post(Buffer.from(BODY, 'utf16le'))).toEqual(refused(400));
  });

  it.each([
    'text/json',
    'application/vnd.api+json',
    'application/graphql-response+json',
    'application/jsonp',
    'application/json, text/plain',
    'text/plain; application/json',
    'application/x-ndjson',
    'multipart/form-data; boundary=application/json',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'image/svg+xml',
    '*/*',
    'json',
  ])('of the type %s', async (type) => {
    expect(await post(BODY, { 'content-type': type })).toEqual(refused(415));
  });
});

describe('a body may be', () => {
  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset="utf-8"',
    'application/json ; x=y',
  ])('of the type %s', async (type) => {
    expect(await post(BODY, { 'content-type': type })).toEqual({ status: 200, codes: [], calls: 1 });
  });

  it.each(['identity', 'Identity'])('coded as %s, which is not at all', async (coding) => {
    expect((await post(BODY, { 'content-encoding': coding })).status).toBe(200);
  });

  it('any text of Unicode', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const name = 'é 漢字 😀 \\ "';
    const document =
      'mutation ($name: String!) { updateCollection(input: { id: "c", name: $name }) { __typename } }';
    expect((await query(document, { name })).status).toBe(200);
    expect(JSON.parse(wire()[0]?.replace(/^PUT \S+ /, '') ?? '')).toMatchObject({ name });
  });
});
