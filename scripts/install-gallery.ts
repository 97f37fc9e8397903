import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile } from 'node:fs/promises';

const FOLDER = 'examples/gallery';
const LOCK = `${FOLDER}/package-lock.json`;

/** Which of the gallery's packages: all include those that generate its types and check them. */
export type Extent = 'what it runs on' | 'all';

/** Installs packages of the gallery that are not there yet, or not those of its lock. @throws when npm fails */
export async function installGallery(extent: Extent): Promise<void> {
  const lock = await readFile(LOCK, 'utf8');
  if ((await installedLock('all')) === lock) return;
  if (extent === 'what it runs on' && (await installedLock(extent)) === lock) return;
  console.log('Installing the packages of examples/gallery, this once …');
  const startedAt = performance.now();
  const args = extent === 'all' ? ['ci'] : ['ci', '--omit=dev'];
  const [code] = await once(spawn('npm', args, { cwd: FOLDER, stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error(`npm ci in ${FOLDER} ended with code ${code}.`);
  await copyFile(LOCK, stampPath(extent));
  console.log(`They are installed after ${Math.round((performance.now() - startedAt) / 1_000)} s.`);
}

function installedLock(extent: Extent): Promise<string | null> {
  return readFile(stampPath(extent), 'utf8').catch(() => null);
}

/** A copy of the lock that was installed, beside the packages, so that it goes with them. */
function stampPath(extent: Extent): string {
  return `${FOLDER}/node_modules/.installed-${extent.replaceAll(' ', '-')}.json`;
}
