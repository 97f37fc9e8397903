import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What promtool has to say about a scrape; empty when it is clean, `null` when promtool is not installed. */
export async function checkMetrics(metrics: string): Promise<string | null> {
  const promtool = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const words = Promise.all([text(promtool.stdout), text(promtool.stderr)]);
  const ended = once(promtool, 'close');
  promtool.stdin.on('error', () => {});
  promtool.stdin.end(metrics);
  try {
    const [exitCode] = await ended;
    const said = (await words).join('');
    return exitCode === 0 || said !== '' ? said : `promtool ended with ${exitCode}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
