import type { Config } from '../config/config.ts';
import type { CallerAccount } from '../server/request-context.ts';
import type { AccountName } from '../shared/brands.ts';
import type { AccountGauges } from '../telemetry/gauges.ts';
import { type AccountSurroundings, openAccount } from './open-account.ts';
import type { SharedState } from './open-shared-state.ts';
import type { Upstream } from './open-upstream.ts';

/** The accounts behind this gateway. */
export interface OpenAccounts {
  /** The account of this name. @throws for any other name, and for none */
  of(name: AccountName | null): CallerAccount;
  readonly gauges: readonly AccountGauges[];
  /** Names those that are not well. */
  degraded(): readonly string[];
  /** Ends every socket to the upstream. */
  close(): Promise<void>;
}

/** Opens every account: what is idle has no socket, and takes next to no memory. */
export function openAccounts(
  config: Config,
  { accounts }: Upstream,
  state: SharedState,
  surroundings: AccountSurroundings,
): OpenAccounts {
  const opened = accounts.map((account) => openAccount(config, account, state.of(account), surroundings));
  const byName = new Map<AccountName | null, CallerAccount>(opened.map((account) => [account.name, account]));
  return {
    of: (name) => {
      const account = byName.get(name);
      if (account) return account;
      throw new Error(`there is no account "${name}"`);
    },
    gauges: opened.map(({ gauges }) => gauges),
    degraded: () => opened.flatMap(({ degraded }) => degraded()),
    close: async () => {
      await Promise.all(opened.map(({ close }) => close()));
    },
  };
}
