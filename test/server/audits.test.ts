import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { json, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

let upstream: ScriptedUpstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startScriptedUpstream(() => json({ collections: [] }));
  // Some audits introspect, which a gateway in production refuses.
  gateway = await startGateway(upstream.url, { GRAPHIQL: 'true' });
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

describe('GraphQL over HTTP, as graphql-http audits it', () => {
  const audits = serverAudits({ url: () => gateway.url });

  it.each(audits)('$id $name', async ({ name, fn }) => {
    const result = await fn();
    // "MAY" leaves a choice: an answer that differs is a notice there, and a fault everywhere else.
    const isFine = result.status === 'ok' || (result.status === 'notice' && name.startsWith('MAY '));
    expect(isFine ? 'ok' : result.reason).toBe('ok');
  });

  it('asks the upstream for nothing', () => {
    expect(upstream.requests).toEqual([]);
  });
});
