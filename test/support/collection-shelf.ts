import { OffsetList } from './offset-list.ts';
import type { ReceivedRequest } from './received-request.ts';
import { json, type Reply } from './scripted-upstream.ts';
import { wireCollection } from './wire-collection.ts';

/** A collection on the shelf, as the upstream would show it. */
export interface ShelvedCollection {
  readonly id: string;
  readonly name: string;
  readonly assetCount: number;
  readonly modelCount: number;
  readonly itemCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly thumbnail?: { readonly assetId: string; readonly url: string };
}

const FIRST_DAY_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;

/** An upstream's collections: listed by offset, the newest last, and changed by every write. Each change is a millisecond later. */
export class CollectionShelf {
  readonly #collections = new Map<string, ShelvedCollection>();
  #created = 0;
  #now = Date.UTC(2025, 0, 1);

  /** @param shown what collections are to have in place of their own */
  constructor(...shown: readonly Partial<ShelvedCollection>[]) {
    for (const fields of shown) this.put(fields);
  }

  /** As many as this, with names that tell their number. */
  static of(count: number): CollectionShelf {
    return new CollectionShelf(...Array.from({ length: count }, (_, index) => ({ name: `Props ${index}` })));
  }

  get collections(): readonly ShelvedCollection[] {
    return [...this.#collections.values()];
  }

  /** Puts one on the shelf, as somebody else would. */
  put(fields: Partial<ShelvedCollection>): ShelvedCollection {
    this.#created += 1;
    const createdAt = new Date(FIRST_DAY_MS + this.#created * MINUTE_MS).toISOString();
    const collection = {
      id: `col_${this.#created}`,
      name: `Collection ${this.#created}`,
      assetCount: 0,
      modelCount: 0,
      itemCount: 0,
      createdAt,
      updatedAt: createdAt,
      ...fields,
    };
    this.#collections.set(collection.id, collection);
    return collection;
  }

  /** Takes one off the shelf, as somebody else would. */
  take(id: string): void {
    this.#collections.delete(id);
  }

  /** Does what the request asks, as the service would. */
  readonly answer = (request: ReceivedRequest): Reply => {
    const [, , , id, kind] = request.path.split('/');
    if (id === undefined) return request.method === 'POST' ? this.#create(request) : this.#list(request);
    const collection = this.#collections.get(id);
    if (!collection) return json({ reason: 'There is no such collection.' }, 404);
    if (kind === 'assets' || kind === 'models') return this.#editMembers(collection, request, kind);
    if (request.method === 'PUT') return this.#change(collection, fieldsOf(request));
    if (request.method === 'DELETE') this.take(id);
    return request.method === 'DELETE' ? json({}) : show(collection);
  };

  #list({ query }: ReceivedRequest): Reply {
    const { ids, nextToken } = new OffsetList([...this.#collections.keys()]).page(
      query.get('paginationToken'),
      Number(query.get('pageSize')),
    );
    const collections = ids.map((id) => wireCollection({ ...this.#collections.get(id) }));
    return json({ collections, nextPaginationToken: nextToken });
  }

  #create(request: ReceivedRequest): Reply {
    const createdAt = this.#tick();
    return show(this.put({ ...fieldsOf(request), createdAt, updatedAt: createdAt }));
  }

  #editMembers(collection: ShelvedCollection, request: ReceivedRequest, kind: 'assets' | 'models'): Reply {
    const ids = fieldsOf(request)[kind === 'assets' ? 'assetIds' : 'modelIds'];
    const many = Array.isArray(ids) ? ids.length : 0;
    const more = request.method === 'PUT' ? many : -many;
    const field = kind === 'assets' ? 'assetCount' : 'modelCount';
    return this.#change(collection, {
      [field]: collection[field] + more,
      itemCount: collection.itemCount + more,
    });
  }

  #change(collection: ShelvedCollection, fields: Readonly<Record<string, unknown>>): Reply {
    const changed = { ...collection, ...fields, updatedAt: this.#tick() };
    this.#collections.set(collection.id, changed);
    return show(changed);
  }

  #tick(): string {
    this.#now += 1;
    return new Date(this.#now).toISOString();
  }
}

function fieldsOf({ body }: ReceivedRequest): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(body);
  return Object.fromEntries(Object.entries(parsed ?? {}));
}

function show(collection: ShelvedCollection): Reply {
  return json({ collection: wireCollection({ ...collection }) });
}
