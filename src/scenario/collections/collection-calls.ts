import type { Call } from '../../http/call.ts';
import type { CollectionId } from '../../shared/brands.ts';
import type { CollectionChange } from './collection.ts';

/** The two kinds of things that a collection holds. */
export type MemberKind = 'assets' | 'models';
export type MembershipEdit = 'add' | 'remove';

/** Name of the endpoint that deletes a collection. */
export const DELETE_ENDPOINT = 'collections.delete';

/** Writes every call of the Scenario Collections API: method, path, query and body, to the reference's letter. */
export class CollectionCalls {
  readonly #project: readonly string[];

  /** @param projectId sent with every call when set */
  constructor(projectId: string | null) {
    this.#project = projectId === null ? [] : [`projectId=${encodeURIComponent(projectId)}`];
  }

  list(token: string | null, pageSize: number): Call {
    const resumed = token === null ? [] : [`paginationToken=${encodeURIComponent(token)}`];
    const path = this.#to('/collections', `pageSize=${pageSize}`, ...resumed);
    return { endpoint: 'collections.list', method: 'GET', path, answer: 'json' };
  }

  retrieve(id: CollectionId): Call {
    return {
      endpoint: 'collections.retrieve',
      method: 'GET',
      path: this.#to(`/collections/${id}`),
      answer: 'json',
    };
  }

  create(name: string): Call {
    return withBody('collections.create', 'POST', this.#to('/collections'), { name });
  }

  update(id: CollectionId, change: CollectionChange): Call {
    return withBody('collections.update', 'PUT', this.#to(`/collections/${id}`), change);
  }

  delete(id: CollectionId): Call {
    return {
      endpoint: DELETE_ENDPOINT,
      method: 'DELETE',
      path: this.#to(`/collections/${id}`),
      answer: 'ignored',
    };
  }

  editMembers(edit: MembershipEdit, kind: MemberKind, id: CollectionId, memberIds: readonly string[]): Call {
    const body = kind === 'assets' ? { assetIds: memberIds } : { modelIds: memberIds };
    const method = edit === 'add' ? 'PUT' : 'DELETE';
    return withBody(`collections.${kind}.${edit}`, method, this.#to(`/collections/${id}/${kind}`), body);
  }

  #to(path: string, ...query: readonly string[]): string {
    const parameters = [...query, ...this.#project].join('&');
    return parameters === '' ? path : `${path}?${parameters}`;
  }
}

function withBody(endpoint: string, method: Call['method'], path: string, body: object): Call {
  return { endpoint, method, path, body: JSON.stringify(body), answer: 'json' };
}
