import { expect, onTestFinished, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { ENV, openLateUpstream, SEEN, writeLate } from './late-create.ts';

test('nothing is kept that was read while a write of unknown outcome could still arrive', async () => {
  const { answer, arrive } = openLateUpstream();
  const upstream = await startScriptedUpstream(answer);
  onTestFinished(upstream.close);
  const gateway = await startGateway(upstream.url, ENV);
  onTestFinished(gateway.end);
  expect(await writeLate(gateway, [gateway], arrive, () => upstream.requests.length)).toEqual(SEEN);
});
