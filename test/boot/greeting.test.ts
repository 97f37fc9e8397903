import { spawn, spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { ASKS_FOR_KEYS } from '../server/front-door/keys.ts';

const WITH_TOKENS = {
  AUTH_MODE: 'jwt',
  AUTH_JWKS_URL: 'http://127.0.0.1:9/keys',
  AUTH_ISSUER: 'https://issuer.example/',
  AUTH_AUDIENCE: 'collections',
};
const SPLIT_BY_SHELL = 'curl() { printf "%s\\0" "$@"; }; ';

/** What development prints until it listens. */
async function greetingOf(env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { NODE_ENV: 'development', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes('listening')) break;
  }
  return text;
}

/** Sends what the line of the greeting would send, after a shell has read it. */
async function tryOut(text: string, edit: (line: string) => string = (line) => line) {
  const [, line = ''] = /^ +Try +(curl .*)$/m.exec(text) ?? [];
  const { stdout } = spawnSync('sh', ['-c', SPLIT_BY_SHELL + edit(line)], { encoding: 'utf8' });
  const words = stdout.split('\0');
  const after = (option: string) =>
    words.flatMap((word, index) => (words[index - 1] === option ? [word] : []));
  const headers = after('-H').map((header): [string, string] => {
    const [name = '', value = ''] = header.split(': ');
    return [name, value];
  });
  const url = words.find((word) => word.startsWith('http')) ?? '';
  return fetch(url, { method: 'POST', headers, body: after('-d').join('') });
}

test('development names GraphiQL, the switches of the sandbox and a line that works as it is', async () => {
  const text = await greetingOf({});
  const [, url = ''] = /^ +GraphiQL +(http\S+)$/m.exec(text) ?? [];
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  expect(page.headers.get('content-type')).toMatch(/html/);
  const [, switches = ''] = /^ +Faults +(http\S+)$/m.exec(text) ?? [];
  expect((await fetch(switches)).status).toBe(200);
  const answer = await tryOut(text);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ data: { collections: { nodes: [{}, {}, {}] } } });
});

test('where callers have keys, the line works once the key is in its place', async () => {
  const text = await greetingOf(ASKS_FOR_KEYS);
  expect((await tryOut(text)).status).toBe(401);
  const answer = await tryOut(text, (line) => line.replace('<your key>', 'full-key'));
  expect(await answer.json()).toMatchObject({ data: { collections: { nodes: [{}, {}, {}] } } });
});

test('where callers have tokens, the line has a place for one', async () => {
  expect(await greetingOf(WITH_TOKENS)).toContain("-H 'authorization: Bearer <your token>'");
});

test('GraphiQL is named only where it is on', async () => {
  const text = await greetingOf({ GRAPHIQL: 'false' });
  expect(text).toMatch(/^ +GraphQL +http/m);
  expect(text).not.toContain('GraphiQL');
});
