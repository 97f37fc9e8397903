import { dig } from '../support/dig.ts';
import type { Ledger } from '../support/ledger.ts';
import type { Balancer, Outcome } from './balancer.ts';
import type { Fleet } from './fleet.ts';

const RENAME = `mutation ($id: ID!, $name: String!) {
  updateCollection(input: { id: $id, name: $name }) {
    ... on UpdateCollectionPayload { collection { name } }
  }
}`;
const READ = 'query ($id: ID!) { collection(id: $id) { name } }';
const LIST = '{ collections(first: 10) { nodes { scenarioId name } } }';

/** One rename that was answered. */
interface Rename {
  readonly name: string;
  /** Times that it was sent: again only when a replica was killed over it. */
  readonly sent: number;
}

/** Renames one collection over and over, each time to a higher number, and reads it back through every replica. */
export class Renamer {
  readonly id: string;
  readonly renames: Rename[] = [];
  /** What must not happen, in words. */
  readonly wrongs: string[] = [];
  reads = 0;
  readonly #fleet: Fleet;
  readonly #balancer: Balancer;
  #number = 0;
  #answered = 0;

  constructor(fleet: Fleet, balancer: Balancer, id: string) {
    this.id = id;
    this.#fleet = fleet;
    this.#balancer = balancer;
  }

  async rename(): Promise<void> {
    this.#number += 1;
    const name = `number ${this.#number}`;
    let sent = 0;
    let outcome: Outcome;
    do {
      outcome = await this.#balancer.send(RENAME, { id: this.id, name });
      sent += 1;
    } while (outcome.kind === 'lost');
    if (dig(outcome.body, 'data', 'updateCollection', 'collection', 'name') !== name)
      this.wrongs.push(`rename to ${name}: ${JSON.stringify(outcome.body)}`);
    this.#answered = this.#number;
    this.renames.push({ name, sent });
    await Promise.all(this.#fleet.replicas.map((_, place) => this.#readThrough(place)));
  }

  /** Reads the collection through any replica: what was answered before must show. */
  async read(): Promise<void> {
    const least = this.#answered;
    this.#check(await this.#balancer.send(READ, { id: this.id }), least, 'data', 'collection', 'name');
  }

  /** Reads it out of the list. @param row where it stands there */
  async readInList(row: number): Promise<void> {
    const least = this.#answered;
    const outcome = await this.#balancer.send(LIST, {});
    this.#check(outcome, least, 'data', 'collections', 'nodes', row, 'name');
  }

  /** What the upstream knows that must not be: a rename that was answered and never made, or made too often. */
  refutations(ledger: Ledger): string[] {
    const made = ledger.entries.filter(({ collectionId }) => collectionId === this.id);
    const byName = Map.groupBy(made, ({ name }) => name);
    const isLast = ledger.find(this.id)?.name === this.renames.at(-1)?.name;
    return [
      ...(isLast ? [] : [`${this.id} has not its last name`]),
      ...this.renames.flatMap(({ name, sent }) => {
        const times = byName.get(name)?.length ?? 0;
        return times >= 1 && times <= sent ? [] : [`${name} was sent ${sent} times and made ${times} times`];
      }),
    ];
  }

  async #readThrough(place: number): Promise<void> {
    const replica = this.#fleet.replicas[place];
    const outcome = replica && (await this.#balancer.sendTo(replica, READ, { id: this.id }));
    if (outcome) this.#check(outcome, this.#number, 'data', 'collection', 'name');
  }

  #check(outcome: Outcome, least: number, ...path: ReadonlyArray<string | number>): void {
    if (outcome.kind === 'lost') return;
    this.reads += 1;
    const name = dig(outcome.body, ...path);
    const seen = typeof name === 'string' ? Number(/^number (\d+)$/.exec(name)?.[1] ?? 0) : -1;
    if (seen < least)
      this.wrongs.push(`${this.id}: after number ${least}, ${JSON.stringify(outcome.body)} was read`);
  }
}
