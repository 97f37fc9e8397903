import { hosts, proxyUrl } from '../values.ts';
import { passwordInProxyUrl } from './secrets.ts';
import { group, variable } from './variable.ts';

export function proxyVariables() {
  return group('The way out', {
    proxy: variable(
      'HTTPS_PROXY',
      proxyUrl.nullable().default(null),
      'an HTTP proxy, by which the Scenario API, the keys for tokens and the collector of traces are reached; never what is on this machine or at an `http:` address',
      { mayBeFile: true, secretTexts: passwordInProxyUrl },
    ),
    exceptions: variable(
      'NO_PROXY',
      hosts.default([]),
      'what is reached without it: host names with all below them, addresses and networks (`10.0.0.0/8`), with commas between, each also with a port; `*` for everything',
    ),
  });
}
