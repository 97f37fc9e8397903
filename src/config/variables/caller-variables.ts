import { bytes, httpUrl, oneOf, text, withoutExtras } from '../values.ts';
import { digestsInJson } from './secrets.ts';
import { group, type Mode, variable } from './variable.ts';

export function callerVariables(mode: Mode) {
  const modes = oneOf(['none', 'api-key', 'jwt']);
  return group('Callers', {
    mode: variable(
      'AUTH_MODE',
      mode === 'development' ? modes.default('none') : modes,
      'how callers are known: `none`, `api-key` or `jwt`',
      { isMain: true },
    ),
    apiKeys: variable(
      'AUTH_API_KEYS',
      text.optional(),
      'for `api-key`: a JSON array of `{"name","sha256","scopes","account"?}`, where `sha256` is the hex digest of a key',
      { isMain: true, mayBeFile: true, secretTexts: digestsInJson },
    ),
    jwksUrl: variable(
      'AUTH_JWKS_URL',
      httpUrl.optional(),
      'for `jwt`, required: where the keys of the issuer are',
      { readAnyway: withoutExtras },
    ),
    issuer: variable('AUTH_ISSUER', text.optional(), 'for `jwt`, required: the issuer that tokens must name'),
    audience: variable(
      'AUTH_AUDIENCE',
      text.optional(),
      'for `jwt`, required: the audience that tokens must name',
    ),
    accountClaim: variable(
      'AUTH_ACCOUNT_CLAIM',
      text.optional(),
      'for `jwt`: the claim that names the account of a token; a token without it is refused',
      { defaultWords: 'none: every token is of the account `default`' },
    ),
    maxTokenBytes: variable('MAX_TOKEN_BYTES', bytes(256, 30_720, 16_384), 'for `jwt`: the largest token'),
  });
}
