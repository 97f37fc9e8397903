import { z } from 'zod';
import { ACCOUNT_NAME_FORM, type AccountName, DEFAULT_ACCOUNT, isAccountName } from '../shared/brands.ts';
import type { Result } from '../shared/result.ts';
import { parseSecretList, valuesIn } from './parse-secret-list.ts';

/** An upstream account, and what opens it. */
export interface AccountConfig {
  readonly name: AccountName;
  readonly key: string;
  readonly secret: string;
  readonly projectId: string | null;
}

const MAX_ACCOUNTS = 100;

const account = z.strictObject(
  {
    name: z
      .custom<AccountName>(isAccountName, `must be ${ACCOUNT_NAME_FORM}`)
      .refine(
        (name) => name !== DEFAULT_ACCOUNT,
        'must be another one: "default" is the account of SCENARIO_SDK_API_KEY',
      ),
    key: requiredText(),
    secret: requiredText(),
    projectId: requiredText().nullable().default(null),
  },
  'must be an object of "name", "key", "secret" and, if need be, "projectId", and of nothing else',
);

const items = z
  .array(account, 'must be a JSON array of {"name","key","secret","projectId"?}')
  .min(1, 'must hold at least one account');

/** Reads `SCENARIO_ACCOUNTS`: a JSON array of `{"name","key","secret","projectId"?}`. */
export function parseAccounts(json: string): Result<readonly AccountConfig[], readonly string[]> {
  return parseSecretList(json, {
    items,
    most: { count: MAX_ACCOUNTS, message: `must hold at most ${MAX_ACCOUNTS} accounts` },
    distinct: { fields: { name: (name) => name }, message: 'is that of an earlier account too' },
  });
}

/** The names in such a list, whatever else is wrong with it; `null` when some cannot be told. */
export function accountNamesIn(json: string): readonly AccountName[] | null {
  const names = valuesIn(json, 'name');
  return names.length > 0 && names.every(isAccountName) ? names : null;
}

function requiredText() {
  const message = 'must be a text that is not empty';
  return z.string(message).trim().min(1, message);
}
