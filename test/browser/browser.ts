import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PACKAGE_FOLDER = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
const ARCHIVES = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'];

/**
 * Starts a headless Chromium: the one in the npm package, else Debian's, else the machine's Chrome.
 *
 * @throws when none of them runs, with what each said
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: unknown[] = [];
  for (const findOptions of [
    unpackBundled,
    () => ({ executablePath: '/usr/bin/chromium' }),
    () => ({ channel: 'chrome' }),
  ]) {
    try {
      return await chromium.launch({ args: FLAGS, ...(await findOptions()) });
    } catch (failure) {
      failures.push(failure);
    }
  }
  throw new AggregateError(
    failures,
    `No Chromium runs here. The one that npm installs needs Linux on x64; elsewhere install one, ` +
      `on Debian with \`apt-get install chromium\`.\n${failures.map(String).join('\n')}`,
  );
}

async function unpackBundled(): Promise<LaunchOptions> {
  // Inside the package, so that another version of it brings another browser.
  const home = join(PACKAGE_FOLDER, 'unpacked');
  if (!existsSync(home)) {
    const staging = await mkdtemp(`${home}-`);
    await unpackInto(staging);
    await writeFile(join(staging, 'fonts.conf'), fontConfiguration(join(home, 'fonts')));
    // Test files start side by side: whoever comes second finds the folder taken, and drops its own.
    await rename(staging, home).catch(() => rm(staging, { recursive: true }));
  }
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(home, 'al2023/lib'),
    FONTCONFIG_FILE: join(home, 'fonts.conf'),
  };
  return { executablePath: join(home, 'chromium'), env };
}

/** The package only unpacks into the system's temporary folder, where a half-written file of another run may lie. */
async function unpackInto(folder: string): Promise<void> {
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await Promise.all(ARCHIVES.map((name) => inflate(join(PACKAGE_FOLDER, 'bin', name))));
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}

function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`;
}
