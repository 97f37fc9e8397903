import { once } from 'node:events';
import { createServer } from 'node:net';
import { it } from 'vitest';
import { freePort } from '../support/redis-server.ts';
import { startScript } from './processes.ts';

export function itStartsWithOneCommand(): void {
  it('starts with one command, which says where gateway and gallery are and ends both', async ({
    expect,
    onTestFinished,
  }) => {
    const [port, galleryPort] = [String(await freePort()), String(await freePort())];
    const example = startScript('example', {
      PORT: port,
      GALLERY_PORT: galleryPort,
      ADMIN_PORT: '0',
      UPSTREAM: 'sandbox',
    });
    onTestFinished(() => example.stop('SIGKILL'));
    const [, gallery = ''] = await example.says(/Gallery +(http:\S+)/);
    const [, graphiql = ''] = await example.says(/GraphiQL +(http:\S+)\n\n +Ctrl-C/);
    expect(await (await fetch(gallery)).text()).toContain('/src/main.tsx');
    const query = new URLSearchParams({ query: '{ collections(first: 1) { nodes { name } } }' });
    const headers = { origin: new URL(gallery).origin };
    const answer = await fetch(`${graphiql}?${query}`, { headers });
    expect(answer.headers.get('access-control-allow-origin')).toBe(headers.origin);
    await example.stop('SIGTERM');
    // npm may be gone before what it started.
    for (const url of [gallery, graphiql])
      await expect.poll(() => isUp(url), { timeout: 60_000 }).toBe(false);
  });

  it.for(['PORT', 'GALLERY_PORT'])(
    'ends with one sentence where the port of %s is in use or is none',
    async (variable, { expect, onTestFinished }) => {
      const ports = { PORT: String(await freePort()), GALLERY_PORT: String(await freePort()) };
      const taken = await freePort();
      const other = createServer().listen(taken, 'localhost');
      onTestFinished(() => void other.close());
      await once(other, 'listening');
      const runs = [String(taken), 'abc'].map((port) =>
        startScript('example', { ...ports, [variable]: port }).ends(),
      );
      const [inUse, noPort] = await Promise.all(runs);
      expect(inUse).toEqual({
        code: 1,
        output: `Port ${taken} is in use: set ${variable} to another one.\n`,
      });
      expect(noPort?.code).toBe(1);
      expect(noPort?.output).toMatch(new RegExp(`^${variable}=abc cannot be used: .*\\n$`));
    },
  );
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status > 0;
  } catch {
    return false;
  }
}
