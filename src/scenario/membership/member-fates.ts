import type { GatewayError } from '../../shared/gateway-error.ts';
import type { MemberFailure, MembershipReport } from '../errors.ts';

type Fate =
  | { readonly kind: 'changed' | 'unchanged' | 'unknown' | 'refused' }
  | { readonly kind: 'failed'; readonly failure: MemberFailure };

/** What became of each id of a bulk edit so far. */
export class MemberFates<Id extends string> {
  readonly #ids: readonly Id[];
  readonly #fates = new Map<Id, Fate>();

  /** @param ids all of them, in the order of the lists */
  constructor(ids: readonly Id[]) {
    this.#ids = ids;
  }

  /** @param kind `unchanged` where the id was as asked before; `refused` with others, one of which may be the reason */
  note(ids: readonly Id[], kind: 'changed' | 'unchanged' | 'unknown' | 'refused'): void {
    for (const id of ids) this.#fates.set(id, { kind });
  }

  noteFailure(id: Id, { code, message }: GatewayError): void {
    this.#fates.set(id, { kind: 'failed', failure: { id, code, message } });
  }

  idsOf(...kinds: readonly Fate['kind'][]): Id[] {
    return this.#ids.filter((id) => kinds.some((kind) => this.#fates.get(id)?.kind === kind));
  }

  /** Why ids failed, in their order. */
  get failures(): MemberFailure[] {
    return this.#ids.flatMap((id) => {
      const fate = this.#fates.get(id);
      return fate?.kind === 'failed' ? [fate.failure] : [];
    });
  }

  /** Whether nothing is known of any id by itself, and the collection is as it was. */
  get areOpen(): boolean {
    return this.idsOf('changed', 'unchanged', 'unknown', 'failed').length === 0;
  }

  /** The run is over: what was refused together with others has failed for what stopped it. */
  stop(error: GatewayError): void {
    for (const id of this.idsOf('refused')) this.noteFailure(id, error);
  }

  report(): Omit<MembershipReport, 'latestCollection'> {
    return {
      appliedIds: this.idsOf('changed', 'unchanged'),
      failedIds: this.idsOf('failed'),
      unknownIds: this.idsOf('unknown'),
      notAttemptedIds: this.#ids.filter((id) => !this.#fates.has(id)),
      failures: this.failures,
    };
  }
}
