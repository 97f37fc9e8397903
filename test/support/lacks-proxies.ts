import { spawnSync } from 'node:child_process';

const mayLack = process.env['CI'] === undefined;
const lacking = ['nginx', 'haproxy'].filter((name) => spawnSync(name, ['-v']).status !== 0);

/** Whether tests with real proxies are passed over, loudly, since one is missing; in CI they fail instead. */
export const lacksProxies = lacking.length > 0 && mayLack;

if (lacksProxies) {
  process.stderr.write(
    `\n!!! ${lacking.join(' and ')} is not installed (apt-get install nginx-light haproxy): its tests are NOT RUN\n\n`,
  );
}
