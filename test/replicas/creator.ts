import { setTimeout as delay } from 'node:timers/promises';
import { dig } from '../support/dig.ts';
import type { Ledger } from '../support/ledger.ts';
import type { Balancer, Outcome } from './balancer.ts';

const CREATE = `mutation ($name: String!, $key: String!) {
  createCollection(input: { name: $name, idempotencyKey: $key }) {
    __typename
    ... on CreateCollectionPayload { collection { scenarioId name } }
  }
}`;
const FIND = 'query ($id: ID!) { collection(id: $id) { name } }';
const RETRY_MS = 250;
// Each so many creates, a key is used twice at once.
const TWICE_EVERY = 4;

/** What a key came to in the end. */
interface KeyedCreate {
  readonly name: string;
  /** Ids that answers gave. */
  readonly ids: ReadonlySet<string>;
  readonly isUnknown: boolean;
}

/** Creates collections with keys, one after the other, and asks again with the same key until each came to something. */
export class Creator {
  readonly creates: KeyedCreate[] = [];
  /** What must not happen, in words. */
  readonly wrongs: string[] = [];
  /** Creates that were refused for a moment, though no replica was killed over them. */
  overloaded = 0;
  readonly #balancer: Balancer;
  readonly #label: string;
  readonly #insisting: Promise<void>[] = [];
  #count = 0;

  constructor(balancer: Balancer, label: string) {
    this.#balancer = balancer;
    this.#label = label;
  }

  /** One create. Where it takes insistence, that goes on behind it until `finish`. */
  async create(): Promise<void> {
    this.#count += 1;
    const name = `${this.#label} ${this.#count}`;
    const times = this.#count % TWICE_EVERY === 0 ? 2 : 1;
    const outcomes = await Promise.all(Array.from({ length: times }, () => this.#send(name)));
    if (outcomes.some(isFinal)) await this.#conclude(name, outcomes);
    else this.#insisting.push(this.#insist(name, outcomes));
  }

  /** Resolves when every key has come to something. */
  async finish(): Promise<void> {
    await Promise.all(this.#insisting);
  }

  // Who was killed leaves its claim behind for some seconds, in which others say that they can't tell yet.
  async #insist(name: string, outcomes: Outcome[]): Promise<void> {
    while (!outcomes.some(isFinal)) {
      await delay(RETRY_MS);
      outcomes.push(await this.#send(name));
    }
    await this.#conclude(name, outcomes);
  }

  #send(name: string): Promise<Outcome> {
    return this.#balancer.send(CREATE, { name, key: `key-${name.replace(' ', '-')}` });
  }

  async #conclude(name: string, outcomes: readonly Outcome[]): Promise<void> {
    const wasLost = outcomes.some(({ kind }) => kind === 'lost');
    const codes = new Set(outcomes.map(codeOf));
    const ids = new Set(outcomes.map(idOf).filter((id) => id !== null));
    const isUnknown = codes.has('WRITE_OUTCOME_UNKNOWN');
    const isClear = wasLost || codes.has('OVERLOADED') || !isUnknown;
    if (!isClear || !outcomes.every(isExpected))
      this.wrongs.push(`create ${name}: ${JSON.stringify(outcomes.map(bodyOf))}`);
    if (!wasLost && codes.has('OVERLOADED')) this.overloaded += 1;
    this.creates.push({ name, ids, isUnknown });
    for (const id of ids) await this.#find(id, name);
  }

  /** What the upstream knows that must not be: a key that made two collections, or an answer that was not true. */
  refutations(ledger: Ledger): string[] {
    const made = Map.groupBy(
      ledger.entries.filter(({ kind }) => kind === 'create'),
      ({ name }) => name,
    );
    return this.creates.flatMap(({ name, ids, isUnknown }) => {
      const told = [...ids].join();
      const real = (made.get(name) ?? []).map(({ collectionId }) => collectionId);
      const isTrue = told === '' ? isUnknown && real.length <= 1 : told === real.join();
      return isTrue ? [] : [`${name} was told to be ${told}, and is ${real.join()}`];
    });
  }

  // What an answer said to exist is found through any replica.
  async #find(id: string, name: string): Promise<void> {
    const outcome = await this.#balancer.send(FIND, { id });
    if (outcome.kind === 'lost') return;
    if (dig(outcome.body, 'data', 'collection', 'name') !== name)
      this.wrongs.push(`${name} is ${id}, but reads as ${JSON.stringify(outcome.body)}`);
  }
}

function isFinal(outcome: Outcome): boolean {
  return idOf(outcome) !== null || codeOf(outcome) === 'WRITE_OUTCOME_UNKNOWN';
}

function isExpected(outcome: Outcome): boolean {
  return outcome.kind === 'lost' || isFinal(outcome) || codeOf(outcome) === 'OVERLOADED';
}

function bodyOf(outcome: Outcome): unknown {
  return outcome.kind === 'answered' ? outcome.body : outcome.kind;
}

function idOf(outcome: Outcome): string | null {
  const id = dig(bodyOf(outcome), 'data', 'createCollection', 'collection', 'scenarioId');
  return typeof id === 'string' ? id : null;
}

function codeOf(outcome: Outcome): unknown {
  return dig(bodyOf(outcome), 'errors', 0, 'extensions', 'code');
}
