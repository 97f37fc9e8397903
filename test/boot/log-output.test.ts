import { expect, test } from 'vitest';
import { LogOutput } from '../../src/boot/log-output.ts';

/** A sink that takes so many bytes of each batch, and all when the list is at its end. */
function sinkTaking(...bytes: number[]) {
  let text = '';
  return {
    holdsThread: false,
    text: () => text,
    write: async (batch: Buffer) => {
      const written = Math.min(bytes.shift() ?? Infinity, batch.length);
      text += batch.toString('utf8', 0, written);
      return written;
    },
  };
}

const stuck = { holdsThread: true, write: () => new Promise<number>(() => {}) };

test('lines come again when there is room again, each on a line of its own', async () => {
  const sink = sinkTaking(Infinity, 12, 0);
  const output = new LogOutput(sink);
  for (const line of ['1', '2', '3', '4']) {
    output.write(`{"first":${line}}\n`);
    output.write(`{"second":${line}}\n`);
    await output.send();
  }
  expect(sink.text()).toBe('{"first":1}\n{"second":1}\n{"first":2}\n{"first":4}\n{"second":4}\n');
  expect(output.linesLost).toBe(3);
});

test('a line that was torn does not spoil the next one', async () => {
  const sink = sinkTaking(5);
  const output = new LogOutput(sink);
  output.write('{"torn":1}\n');
  await output.send();
  output.write('{"whole":1}\n');
  await output.send();
  expect(sink.text()).toBe('{"tor\n{"whole":1}\n');
  expect(output.linesLost).toBe(1);
});

test('what a stuck sink keeps waiting is bounded, and everything beyond counts as lost', async () => {
  const output = new LogOutput(stuck);
  const line = `${'x'.repeat(1_023)}\n`;
  for (let count = 0; count < 10_000; count += 1) output.write(line);
  expect(output.linesLost).toBe(10_000 - 4_096);
});

test('the last write takes a second at most, and tells whether it hangs', async () => {
  const output = new LogOutput(stuck);
  output.write('{}\n');
  expect(output.holdsProcess).toBe(false);
  const startedAt = performance.now();
  await output.drain();
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(output.holdsProcess).toBe(true);
});

test('the last write takes everything along, also what came while it wrote', async () => {
  const sink = sinkTaking();
  const output = new LogOutput(sink);
  output.write('first\n');
  const drained = output.drain();
  output.write('second\n');
  await drained;
  expect(sink.text()).toBe('first\nsecond\n');
  expect([output.linesLost, output.holdsProcess]).toEqual([0, false]);
});
