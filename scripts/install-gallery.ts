import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile } from 'node:fs/promises';

const FOLDER = 'examples/gallery';
const LOCK = `${FOLDER}/package-lock.json`;

/** Which of the gallery's packages: all include those that generate its types and check them. */
export type Extent = 'what it runs on' | 'all';

/**
 * Installs packages of the gallery that are not there yet, or not those of its lock. When all are asked for after those
 * that it runs on, the others are put beside them, which may be in use.
 *
 * @throws when npm fails
 */
export async function installGallery(extent: Extent): Promise<void> {
  const lock = await readFile(LOCK, 'utf8');
  if ((await installedLock('all')) === lock) return;
  const isPartThere = (await installedLock('what it runs on')) === lock;
  if (extent === 'what it runs on' && isPartThere) return;
  console.log(`Installing the packages of ${FOLDER}, this once …`);
  const startedAt = performance.now();
  const command = isPartThere
    ? ['install', '--no-save']
    : ['ci', ...(extent === 'all' ? [] : ['--omit=dev'])];
  // What npm has kept of them is not asked for anew: the lock says what has to come out.
  const npm = spawn('npm', [...command, '--prefer-offline'], { cwd: FOLDER, stdio: 'inherit' });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm ${command.join(' ')} in ${FOLDER} ended with code ${code}.`);
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
