import type { Call } from '../../http/call.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { expectList, expectNoOtherCollection, expectObject } from '../find-mismatch.ts';
import type { UpstreamPath } from '../upstream-path.ts';
import type { CollectionChange } from './collection.ts';

/** The two kinds of things that a collection holds. */
export type MemberKind = 'assets' | 'models';
export type MembershipEdit = 'add' | 'remove';

const READ = { method: 'GET', effect: 'read', repeatable: true, answer: 'json' } as const;
const WRITE = { effect: 'write', repeatable: true, answer: 'json' } as const;

/** Writes every call of the Scenario Collections API: method, path, query and body, to the reference's letter. */
export class CollectionCalls {
  readonly #to: UpstreamPath;

  constructor(to: UpstreamPath) {
    this.#to = to;
  }

  list(token: string | null, pageSize: number): Call {
    const path = this.#to('/collections', { pageSize, paginationToken: token });
    return { ...READ, endpoint: 'collections.list', path, findMismatch: expectList('collections') };
  }

  retrieve(id: CollectionId): Call {
    const path = this.#to(`/collections/${id}`);
    return { ...READ, endpoint: 'collections.retrieve', path, findMismatch: expectObject('collection', id) };
  }

  create(name: string): Call {
    return {
      ...WRITE,
      endpoint: 'collections.create',
      method: 'POST',
      path: this.#to('/collections'),
      body: JSON.stringify({ name }),
      repeatable: false,
      findMismatch: expectObject('collection'),
    };
  }

  update(id: CollectionId, change: CollectionChange): Call {
    return {
      ...WRITE,
      endpoint: 'collections.update',
      method: 'PUT',
      path: this.#to(`/collections/${id}`),
      body: JSON.stringify(change),
      findMismatch: expectObject('collection', id),
    };
  }

  delete(id: CollectionId): Call {
    return {
      ...WRITE,
      endpoint: 'collections.delete',
      method: 'DELETE',
      path: this.#to(`/collections/${id}`),
      answer: 'ignored',
      findMismatch: expectNoOtherCollection(id),
    };
  }

  editMembers(edit: MembershipEdit, kind: MemberKind, id: CollectionId, memberIds: readonly string[]): Call {
    return {
      ...WRITE,
      endpoint: `collections.${kind}.${edit}`,
      method: edit === 'add' ? 'PUT' : 'DELETE',
      path: this.#to(`/collections/${id}/${kind}`),
      body: JSON.stringify(kind === 'assets' ? { assetIds: memberIds } : { modelIds: memberIds }),
      findMismatch: expectObject('collection', id),
    };
  }
}
