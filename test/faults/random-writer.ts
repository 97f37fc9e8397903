import { dig } from '../support/dig.ts';
import type { GraphQLAnswer } from '../support/gateway.ts';
import type { LedgerEntry } from '../support/ledger.ts';
import { pick, type Random } from './random.ts';

/** What the gateway told of one write. Each subject is in one list: an id of a member, or the write as a whole. */
export interface Report {
  readonly requestId: string;
  readonly kind: LedgerEntry['kind'];
  readonly collectionId: string | null;
  readonly applied: readonly string[];
  readonly unknown: readonly string[];
  readonly refused: readonly string[];
}

/** A write as it is about to be sent. */
export interface PlannedWrite {
  readonly kind: LedgerEntry['kind'];
  readonly document: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Member ids, or the name, or the id of what is deleted. */
  readonly subjects: readonly string[];
  readonly target: OwnCollection | null;
}

/** What a writer knows of a collection of its own. */
export interface OwnCollection {
  readonly id: string;
  /** Names that it may have: one, unless a rename is unknown. */
  names: string[];
  readonly members: Map<string, 'in' | 'unknown'>;
}

const LISTS = '... on PartiallyAppliedError { appliedIds failedIds unknownIds notAttemptedIds }';
const mutation = (field: string, done: string): string => {
  const type = field.charAt(0).toUpperCase() + field.slice(1);
  return `mutation ($input: ${type}Input!) { result: ${field}(input: $input) {
    __typename ... on Error { code } ... on ${type}Payload { ${done} } ${field.includes('Assets') ? LISTS : ''} } }`;
};
const DOCUMENTS = {
  create: mutation('createCollection', 'collection { scenarioId }'),
  update: mutation('updateCollection', 'collection { scenarioId }'),
  delete: mutation('deleteCollection', 'deletedCollectionId'),
  add: mutation('addAssetsToCollection', 'assetIds'),
  remove: mutation('removeAssetsFromCollection', 'assetIds'),
};
const KINDS: ReadonlyArray<LedgerEntry['kind']> = [
  'create',
  'update',
  'update',
  'delete',
  'add',
  'add',
  'add',
  'remove',
];
const MAX_OWN = 6;

/** Makes random writes on collections of its own, one after the other, and keeps what it was told. */
export class RandomWriter {
  readonly reports: Report[] = [];
  readonly own = new Set<OwnCollection>();
  readonly #name: string;
  readonly #random: Random;
  #made = 0;

  constructor(name: string, random: Random) {
    this.#name = name;
    this.#random = random;
  }

  plan(): PlannedWrite {
    const kind = pick(this.#random, KINDS);
    const own = [...this.own];
    if (own.length === 0 || (kind === 'create' && own.length < MAX_OWN)) return this.#planCreate();
    const target = pick(this.#random, own);
    const id = target.id;
    const members = [...target.members].filter(([, state]) => state === 'in').map(([member]) => member);
    if (kind === 'delete') return { kind, document: DOCUMENTS.delete, input: { id }, subjects: [id], target };
    if (kind === 'remove' && members.length > 0) {
      const assetIds = members.slice(0, 1 + Math.floor(this.#random() * members.length));
      return { kind, document: DOCUMENTS.remove, input: { id, assetIds }, subjects: assetIds, target };
    }
    if (kind !== 'add') {
      const name = this.#invent('name');
      return { kind: 'update', document: DOCUMENTS.update, input: { id, name }, subjects: [name], target };
    }
    const assetIds = Array.from({ length: this.#chooseCount() }, () => this.#invent('asset'));
    return { kind, document: DOCUMENTS.add, input: { id, assetIds }, subjects: assetIds, target };
  }

  /** Takes down what was told of a write. @param answer `null` when this client did not wait for it */
  note(requestId: string, write: PlannedWrite, answer: GraphQLAnswer | null): void {
    const { kind, subjects, target } = write;
    const told = answer === null ? { applied: [], unknown: subjects, refused: [] } : judge(answer, subjects);
    const createdId = dig(answer?.body.data, 'result', 'collection', 'scenarioId');
    const collectionId = target?.id ?? (typeof createdId === 'string' ? createdId : null);
    this.reports.push({ requestId, kind, collectionId, ...told });
    if (target === null) {
      if (collectionId !== null) this.own.add({ id: collectionId, names: [...subjects], members: new Map() });
      return;
    }
    if (kind === 'delete' && told.refused.length === 0) this.own.delete(target);
    // A write that goes on after its client left may overtake the next.
    if (answer === null) this.own.delete(target);
    if (kind === 'update' && told.applied.length > 0) target.names = [...told.applied];
    if (kind === 'update') target.names.push(...told.unknown);
    if (kind !== 'add' && kind !== 'remove') return;
    for (const id of told.applied) {
      if (kind === 'add') target.members.set(id, 'in');
      else target.members.delete(id);
    }
    for (const id of told.unknown) target.members.set(id, 'unknown');
  }

  #planCreate(): PlannedWrite {
    const name = this.#invent('name');
    return { kind: 'create', document: DOCUMENTS.create, input: { name }, subjects: [name], target: null };
  }

  #invent(noun: string): string {
    this.#made += 1;
    return `${noun}-${this.#name}-${this.#made}`;
  }

  // Mostly one chunk, sometimes up to three.
  #chooseCount(): number {
    const most = this.#random() < 0.2 ? 130 : 5;
    return 1 + Math.floor(this.#random() * most);
  }
}

function judge(
  { body }: GraphQLAnswer,
  subjects: readonly string[],
): Pick<Report, 'applied' | 'unknown' | 'refused'> {
  const result = dig(body.data, 'result');
  const code = body.errors?.[0]?.extensions['code'] ?? dig(result, 'code');
  if (code === 'INTERNAL_SERVER_ERROR') throw new Error(JSON.stringify(body));
  if (dig(result, '__typename') === 'PartiallyAppliedError') {
    const list = (name: string): string[] => {
      const value = dig(result, name);
      return Array.isArray(value) ? value.map(String) : [];
    };
    const refused = [...list('failedIds'), ...list('notAttemptedIds')];
    return { applied: list('appliedIds'), unknown: list('unknownIds'), refused };
  }
  if (code === undefined) return { applied: subjects, unknown: [], refused: [] };
  if (code === 'WRITE_OUTCOME_UNKNOWN') return { applied: [], unknown: subjects, refused: [] };
  return { applied: [], unknown: [], refused: subjects };
}
