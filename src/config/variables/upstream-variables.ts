import { flag, httpUrl, oneOf, text, withoutExtras } from '../values.ts';
import { wholeText } from './secrets.ts';
import { group, variable } from './variable.ts';

const SECRET = { isMain: true, mayBeFile: true, secretTexts: wholeText };

export function upstreamVariables() {
  return group('The Scenario API', {
    key: variable('SCENARIO_SDK_API_KEY', text.optional(), 'the key of the Scenario API', SECRET),
    secret: variable(
      'SCENARIO_SDK_API_SECRET',
      text.optional(),
      'the secret that belongs to the key',
      SECRET,
    ),
    accounts: variable(
      'SCENARIO_ACCOUNTS',
      text.optional(),
      'further accounts: a JSON array of `{"name","key","secret","projectId"?}`; then the key and secret above, the account `default`, may be missing',
      { mayBeFile: true, secretTexts: wholeText },
    ),
    baseUrl: variable(
      'SCENARIO_BASE_URL',
      httpUrl.default(new URL('https://api.cloud.scenario.com/v1')),
      'where the API is; `http:` only for loopback hosts',
      { readAnyway: withoutExtras },
    ),
    allowInsecure: variable('ALLOW_INSECURE_UPSTREAM', flag(false), 'allows `http:` to any host'),
    projectId: variable(
      'SCENARIO_PROJECT_ID',
      text.optional(),
      'sent as `projectId` with every call of this account',
    ),
    kind: variable(
      'UPSTREAM',
      oneOf(['scenario', 'sandbox']).optional(),
      '`scenario`, or `sandbox` for the embedded one',
      { defaultWords: '`scenario`; in development `sandbox` when there are no credentials' },
    ),
  });
}
