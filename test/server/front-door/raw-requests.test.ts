import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { findLeaks } from '../../support/canaries.ts';
import { everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { open, readToEnd, say, statusesOf } from './raw-socket.ts';

const HOST = 'Host: gateway.example\r\n';
const READ = 'query=%7B__typename%7D';
const BODY = '{"query":"{ collection(id: \\"col_1\\") { name } }"}';
const LENGTH = `Content-Length: ${BODY.length}\r\n`;
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const CHUNKS = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;

const get = (target: string, headers = HOST) => `GET ${target} HTTP/1.1\r\n${headers}\r\n`;
const post = (headers: string, body: string) =>
  `POST /graphql HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n${headers}\r\n${body}`;

type Case = readonly [what: string, bytes: string];

const BAD_HOSTS: readonly Case[] = [
  ['is missing', get('/livez', '')],
  ['is missing for GraphQL, in HTTP/1.0', `GET /graphql?${READ} HTTP/1.0\r\n\r\n`],
  ['is empty, in HTTP/1.0', 'GET /livez HTTP/1.0\r\nHost:\r\n\r\n'],
  ['comes twice, in HTTP/1.0', `GET /livez HTTP/1.0\r\n${HOST}${HOST}\r\n`],
  ['is empty', get('/livez', 'Host:\r\n')],
  ['comes twice', get('/livez', HOST + HOST)],
  ['comes twice in different letters', get('/livez', `${HOST}hOsT: evil.example\r\n`)],
  ['has a blank', get('/livez', 'Host: a b\r\n')],
  ['has a path', get('/livez', 'Host: gateway.example/x\r\n')],
  ['has a user', get('/livez', 'Host: user@gateway.example\r\n')],
  ['has a list', get('/livez', 'Host: a.example, b.example\r\n')],
  ['has a port that is none', get('/livez', 'Host: gateway.example:port\r\n')],
  ['is missing beside a target that names it', get('http://gateway.example/livez', '')],
  ['comes twice beside a target that names it', get('http://gateway.example/livez', HOST + HOST)],
  ['is none in the target', get('http://a b/livez')],
  ['is none in the target, but has a user', get('http://user@gateway.example/livez')],
  ['is empty in the target', get('http:///livez')],
];

const LOST_TARGETS: readonly Case[] = [
  ['another host without a scheme', get(`//evil.example/graphql?${READ}`)],
  ['nothing, in the form for proxies', get('http://gateway.example/nothing')],
  ['a way around, in the form for proxies', get(`http://gateway.example/x/../graphql?${READ}`)],
  ['a scheme of its own', get(`ftp://gateway.example/graphql?${READ}`)],
  ['two slashes at the end', get(`/graphql//?${READ}`)],
  ['something below GraphQL', get(`/graphql/x?${READ}`)],
  ['a star', get('*')],
  ['a star by OPTIONS', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`],
  ['a way around', get(`/x/../graphql?${READ}`)],
  ['an escaped letter', get(`/graph%71l?${READ}`)],
  ['a bad escape', get('/%zz')],
  ['a bad escape at the end', get('/graphql%2')],
];

const BROKEN: readonly Case[] = [
  ['a target without a slash', get('graphql')],
  ['a target with a NUL', get('/graphql?query=\0')],
  ['a target with a raw byte', get('/graphql?query=\xff')],
  ['a length that is less than the body', post('Content-Length: 5\r\n', BODY)],
  ['a length below zero', post('Content-Length: -5\r\n', BODY)],
  ['a length with a sign', post('Content-Length: +5\r\n', BODY)],
  ['a length in hex', post('Content-Length: 0x18\r\n', BODY)],
  ['a length without end', post(`Content-Length: ${'9'.repeat(30)}\r\n`, BODY)],
  ['a list of lengths', post(`Content-Length: ${BODY.length}, ${BODY.length}\r\n`, BODY)],
  ['the length twice', post(LENGTH + LENGTH, BODY)],
  ['two lengths', post(`${LENGTH}Content-Length: 5\r\n`, BODY)],
  ['a length before chunks', post(LENGTH + CHUNKED, CHUNKS)],
  ['a length after chunks', post(CHUNKED + LENGTH, CHUNKS)],
  ['chunks said twice', post(CHUNKED + CHUNKED, CHUNKS)],
  ['a transfer coding after chunks', post('Transfer-Encoding: chunked, identity\r\n', CHUNKS)],
  ['an unknown transfer coding', post('Transfer-Encoding: xchunked\r\n', CHUNKS)],
  ['a blank before the colon', post('Transfer-Encoding : chunked\r\n', CHUNKS)],
  ['a folded header', post(`X: a\r\n b\r\n${LENGTH}`, BODY)],
  ['a folded transfer coding', post('Transfer-Encoding:\r\n chunked\r\n', CHUNKS)],
  ['a line that ends with LF alone', post(`X: a\n${LENGTH}`, BODY)],
  ['a CR within a header', post(`X: a\rb\r\n${LENGTH}`, BODY)],
  ['an escape within a header', post(`X-Request-Id: \x1b[31mred\r\n${LENGTH}`, BODY)],
  ['a NUL within a header', post(`X: a\0b\r\n${LENGTH}`, BODY)],
  ['a blank within a name', post(`X Y: a\r\n${LENGTH}`, BODY)],
  ['a chunk without a size', post(CHUNKED, `zz\r\n${BODY}\r\n0\r\n\r\n`)],
  ['a chunk of a size below zero', post(CHUNKED, `-1\r\n${BODY}\r\n0\r\n\r\n`)],
  ['a chunk of a size without end', post(CHUNKED, `fffffffffffffffff\r\n${BODY}\r\n0\r\n\r\n`)],
  ['chunks that end with LF alone', post(CHUNKED, CHUNKS.replaceAll('\r', ''))],
  ['another version of HTTP', 'GET /livez HTTP/3.7\r\n\r\n'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['the hello of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['no HTTP', 'hello\r\n\r\n'],
  ['a method of its own', `${'A'.repeat(100)} / HTTP/1.1\r\n${HOST}\r\n`],
];

/** Sends it, and asks on another connection whether all is well. */
async function sendTo(bytes: string) {
  const { gateway, wire } = await openFrontDoor(everyCollection);
  const answer = await say(gateway.url, bytes);
  const health = await fetch(new URL('/livez', gateway.url));
  const leaks = findLeaks(answer + gateway.logLines.join(''));
  return { answer, statuses: statusesOf(answer), leaks, calls: wire().length, health: health.status };
}

const nothingElse = { leaks: [], calls: 0, health: 200 };

describe('a Host that', () => {
  it.each(BAD_HOSTS)('%s is a 400', async (_what, bytes) => {
    expect(await sendTo(bytes)).toMatchObject({ statuses: [400], ...nothingElse });
  });
});

describe('a target that is', () => {
  it.each(LOST_TARGETS)('%s leads nowhere', async (_what, bytes) => {
    expect(await sendTo(bytes)).toMatchObject({ statuses: [404], ...nothingElse });
  });

  it.each([
    ['a bad escape in the query', get('/graphql?query=%7B__typename%zz%7D')],
    ['bytes that are no UTF-8', get('/graphql?query=%ff%fe')],
    ['a parameter escaped badly', get(`/graphql?${READ}&variables=%zz`)],
  ])('%s is a 400', async (_what, bytes) => {
    expect(await sendTo(bytes)).toMatchObject({ statuses: [400], ...nothingElse });
  });

  // RFC 9112, 3.2.2: a server that gets a whole URL goes by its host, whatever Host says.
  it.each([
    ['a whole URL', get(`http://gateway.example/graphql?${READ}`)],
    ['a whole URL of another host than Host', get(`http://other.example:8080/graphql?${READ}`)],
    ['a whole URL in capitals', get(`HTTPS://gateway.example/graphql?${READ}`)],
    ['a path that ends in a slash', get(`/graphql/?${READ}`)],
    ['a whole URL of it', get(`http://gateway.example/graphql/?${READ}`)],
  ])('%s leads to GraphQL', async (_what, bytes) => {
    const { answer, ...rest } = await sendTo(bytes);
    expect(rest).toMatchObject({ statuses: [200], ...nothingElse });
    expect(answer).toContain('{"data":{"__typename":"Query"}}');
  });

  it.each([
    ['by POST to a whole URL', post(LENGTH, BODY).replace('/graphql', 'http://gateway.example/graphql')],
    ['by POST to a path that ends in a slash', post(LENGTH, BODY).replace('/graphql', '/graphql/')],
  ])('GraphQL is reached %s', async (_what, bytes) => {
    expect(await sendTo(bytes)).toMatchObject({ statuses: [200], leaks: [], calls: 1, health: 200 });
  });

  it.each([
    ['GET /readyz', 'GET /readyz HTTP/1.0\r\n\r\n'],
    ['GET /livez', 'GET /livez HTTP/1.0\r\n\r\n'],
    ['OPTIONS / of HAProxy', 'OPTIONS / HTTP/1.0\r\n\r\n'],
    ['HEAD /', `HEAD / HTTP/1.1\r\n${HOST}\r\n`],
    ['GET /', get('/')],
    ['GET / with a query', get('/?probe=1')],
  ])('a health check is answered: %s', async (_what, bytes) => {
    expect(await sendTo(bytes)).toMatchObject({ statuses: [200], ...nothingElse });
  });

  it('a request for GraphQL that was sent to / is not taken for a health check', async () => {
    const bytes = post(LENGTH, BODY).replace('/graphql', '/');
    expect(await sendTo(bytes)).toMatchObject({ statuses: [404], ...nothingElse });
  });

  it('a tunnel is not dug', async () => {
    const { statuses, ...rest } = await sendTo(`CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n`);
    expect([statuses.every((status) => status >= 400), rest]).toMatchObject([true, nothingElse]);
  });
});

describe('a request with', () => {
  it.each(BROKEN)('%s gets the barest answer, and its connection ends', async (_what, bytes) => {
    const { answer, ...rest } = await sendTo(bytes);
    expect(answer).toBe('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    expect(rest).toMatchObject({ statuses: [400], ...nothingElse });
  });

  it.each([
    ['a header of 64 KB', get('/livez', `${HOST}X: ${'x'.repeat(65_536)}\r\n`)],
    ['a header of 1 MB', get('/livez', `${HOST}X: ${'x'.repeat(1_048_576)}\r\n`)],
    ['headers of 33 KB', get('/livez', `${HOST}${`X: ${'x'.repeat(100)}\r\n`.repeat(315)}`)],
    ['a target of 64 KB', get(`/livez?${'x'.repeat(65_536)}`)],
    ['2,500 headers', get('/livez', `${HOST}${'X: y\r\n'.repeat(2_500)}`)],
  ])('%s is a 431', async (_what, bytes) => {
    expect(await sendTo(bytes)).toMatchObject({ statuses: [431], ...nothingElse });
  });

  it('a body that is compressed on its way is refused', async () => {
    expect(await sendTo(post('Transfer-Encoding: gzip, chunked\r\n', CHUNKS))).toMatchObject({
      statuses: [415],
      ...nothingElse,
    });
  });

  it.each([
    ['headers of 31 KB', post(`X: ${'x'.repeat(31_000)}\r\n${LENGTH}`, BODY)],
    ['chunks', post(CHUNKED, CHUNKS)],
    ['chunks that have extensions', post(CHUNKED, CHUNKS.replace('\r\n', ';x=y\r\n'))],
    [
      'a trailer, which counts for nothing',
      post(CHUNKED, CHUNKS.replace(/0\r\n\r\n$/, '0\r\nHost: evil\r\n\r\n')),
    ],
    ['a question whether to go on', post(`Expect: 100-continue\r\n${LENGTH}`, BODY)],
  ])('%s is answered', async (_what, bytes) => {
    const { statuses, calls } = await sendTo(bytes);
    expect([statuses.filter((status) => status !== 100), calls]).toEqual([[200], 1]);
  });

  it('a body by GET is not taken for another request', async () => {
    const inner = get('/readyz');
    const outer = get(`/graphql?${READ}`, `${HOST}Content-Length: ${inner.length}\r\n`);
    expect(await sendTo(outer + inner)).toMatchObject({ statuses: [200], ...nothingElse });
  });

  it('an upgrade to another protocol is answered in this one', async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
    expect((await sendTo(get('/livez', HOST + upgrade))).statuses).toEqual([200]);
  });

  it('others behind it gets answers in their order', async () => {
    const { statuses } = await sendTo(get('/livez') + get('/nothing') + get(`/graphql?${READ}`));
    expect(statuses).toEqual([200, 404, 200]);
  });

  it('less of a body than it says makes no call when its connection ends', async () => {
    const { gateway, wire } = await openFrontDoor(everyCollection);
    const socket = await open(gateway.url);
    const ending = readToEnd(socket);
    socket.write(post(`Content-Length: ${BODY.length + 1}\r\n`, BODY));
    await delay(50);
    socket.end();
    expect(statusesOf(await ending)).not.toContain(200);
    expect([wire(), statusesOf(await say(gateway.url, get('/livez')))]).toEqual([[], [200]]);
  });
});
