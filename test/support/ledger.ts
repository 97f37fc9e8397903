import type { ReceivedRequest } from './received-request.ts';
import { type Answer, json, type Reply } from './scripted-upstream.ts';
import { wireCollection } from './wire-collection.ts';
import { wireAsset, wireModel } from './wire-members.ts';

/** One write that the upstream applied. */
export interface LedgerEntry {
  readonly requestId: string;
  readonly kind: 'create' | 'update' | 'delete' | 'add' | 'remove';
  readonly collectionId: string;
  readonly name?: string;
  /** Members added or removed. */
  readonly ids: readonly string[];
}

interface StoredCollection {
  readonly id: string;
  name: string;
  readonly members: { readonly assets: Set<string>; readonly models: Set<string> };
}

const MAX_IDS = 49;

/** The upstream's side of the truth: applies writes to a store in memory and remembers each one. */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  readonly #collections = new Map<string, StoredCollection>();
  #created = 0;

  /** @param ids collections that are there from the start */
  constructor(...ids: readonly string[]) {
    for (const id of ids) this.#store(id, id);
  }

  /** Does what the request asks, as the service would, and gives the honest answer. */
  readonly serve: Answer = (request) => this.apply(request);

  apply(request: ReceivedRequest): Reply {
    const [, , resource, id, kind] = request.path.split('/');
    // A search finds one asset.
    if (resource === 'search') return json({ hits: [{ id: 'asset_a' }], limit: 1, offset: 0 });
    if (id === 'get-bulk') return this.#readBulk(request);
    if (id === undefined) return request.method === 'POST' ? this.#create(request) : this.#list();
    const collection = this.#collections.get(id);
    if (!collection) return refuse(404, 'There is no such collection.');
    if (kind === 'assets' || kind === 'models') return this.#editMembers(request, collection, kind);
    if (request.method === 'PUT') return this.#update(request, collection);
    if (request.method === 'DELETE') return this.#delete(request, id);
    return show(collection);
  }

  /** What a collection is now; `null` when it does not exist. */
  find(id: string): { readonly name: string; readonly assets: readonly string[] } | null {
    const found = this.#collections.get(id);
    return found ? { name: found.name, assets: [...found.members.assets] } : null;
  }

  /** The writes that came of one request to the gateway. */
  entriesOf(requestId: string): LedgerEntry[] {
    return this.entries.filter((entry) => entry.requestId === requestId);
  }

  #store(id: string, name: string): StoredCollection {
    const collection = { id, name, members: { assets: new Set<string>(), models: new Set<string>() } };
    this.#collections.set(id, collection);
    return collection;
  }

  #list(): Reply {
    return json({ collections: [...this.#collections.values()].slice(0, 10).map(toWire) });
  }

  #create(request: ReceivedRequest): Reply {
    const { name } = parse(request);
    this.#created += 1;
    const collection = this.#store(`col_new${this.#created}`, String(name));
    this.#note(request, 'create', collection.id, { name: collection.name });
    return show(collection);
  }

  #update(request: ReceivedRequest, collection: StoredCollection): Reply {
    const { name } = parse(request);
    if (typeof name === 'string') collection.name = name;
    this.#note(request, 'update', collection.id, { name: collection.name });
    return show(collection);
  }

  #delete(request: ReceivedRequest, id: string): Reply {
    this.#collections.delete(id);
    this.#note(request, 'delete', id, {});
    return json({});
  }

  // Every asset and every model exists.
  #readBulk(request: ReceivedRequest): Reply {
    const kind = request.path.includes('/assets/') ? 'assets' : 'models';
    const ids = idsIn(request, kind);
    const items = ids.map((id) => {
      const holders = [...this.#collections.values()].filter(({ members }) => members[kind].has(id));
      const collectionIds = holders.map((holder) => holder.id);
      return kind === 'assets' ? wireAsset({ id, collectionIds }) : wireModel({ id, collectionIds });
    });
    return json({ [kind]: items });
  }

  #editMembers(request: ReceivedRequest, collection: StoredCollection, kind: 'assets' | 'models'): Reply {
    const ids = idsIn(request, kind);
    const members = collection.members[kind];
    const isAdding = request.method === 'PUT';
    if (ids.length === 0 || ids.length > MAX_IDS) return refuse(400, 'Give 1 to 49 ids.');
    if (ids.some((id) => members.has(id) === isAdding))
      return refuse(400, 'One of them is in that state already.');
    for (const id of ids) {
      if (isAdding) members.add(id);
      else members.delete(id);
    }
    this.#note(request, isAdding ? 'add' : 'remove', collection.id, { ids });
    return show(collection);
  }

  #note(
    request: ReceivedRequest,
    kind: LedgerEntry['kind'],
    collectionId: string,
    details: Partial<LedgerEntry>,
  ): void {
    const requestId = request.headers.get('x-request-id') ?? '';
    this.entries.push({ requestId, kind, collectionId, ids: [], ...details });
  }
}

function parse({ body }: ReceivedRequest): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(body);
  return Object.fromEntries(Object.entries(parsed ?? {}));
}

function idsIn(request: ReceivedRequest, kind: 'assets' | 'models'): string[] {
  const ids = parse(request)[kind === 'assets' ? 'assetIds' : 'modelIds'];
  return Array.isArray(ids) ? ids.map(String) : [];
}

function refuse(status: number, reason: string): Reply {
  return json({ reason }, status);
}

function show(collection: StoredCollection): Reply {
  return json({ collection: toWire(collection) });
}

function toWire({ id, name, members: { assets, models } }: StoredCollection): Record<string, unknown> {
  const counts = { assetCount: assets.size, modelCount: models.size, itemCount: assets.size + models.size };
  return wireCollection({ id, name, ...counts });
}
