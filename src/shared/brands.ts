declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Id of an object of this type as the Scenario API knows it, safe to put into a URL path. */
export type ScenarioId<Typename extends string> = Brand<string, Typename>;

export type CollectionId = ScenarioId<'Collection'>;
export type AssetId = ScenarioId<'Asset'>;
export type ModelId = ScenarioId<'Model'>;

/** What every Scenario id looks like, in words for an error message. */
export const SCENARIO_ID_FORM = '1 to 128 letters, digits, "_", "." or "-"';

const SCENARIO_ID = /^[A-Za-z0-9_.-]{1,128}$/;

// "." and ".." match the pattern, but would name another resource once they stand in a path.
export function isScenarioId<Typename extends string>(value: unknown): value is ScenarioId<Typename> {
  return typeof value === 'string' && SCENARIO_ID.test(value) && value !== '.' && value !== '..';
}

/** Name of an upstream account in this gateway, as the configuration gives it. */
export type AccountName = Brand<string, 'AccountName'>;

/** What every name of an account looks like, in words for an error message. */
export const ACCOUNT_NAME_FORM = '1 to 32 of the characters a-z, 0-9 and "-"';

const ACCOUNT_NAME = /^[a-z0-9-]{1,32}$/;

export const isAccountName = (value: unknown): value is AccountName =>
  typeof value === 'string' && ACCOUNT_NAME.test(value);

/** The account of whoever is given no other one. */
export const DEFAULT_ACCOUNT = toAccountName('default');

function toAccountName(text: string): AccountName {
  if (isAccountName(text)) return text;
  throw new Error(`"${text}" is no name of an account`);
}
