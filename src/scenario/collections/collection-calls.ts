import type { Call } from '../../http/call.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { expectList, expectNoOtherCollection, expectObject } from '../find-mismatch.ts';
import { upstreamPath } from '../upstream-path.ts';
import type { CollectionChange } from './collection.ts';

/** The two kinds of things that a collection holds. */
export type MemberKind = 'assets' | 'models';
export type MembershipEdit = 'add' | 'remove';

const READ = { method: 'GET', effect: 'read', repeatable: true, answer: 'json' } as const;
const WRITE = { effect: 'write', repeatable: true, answer: 'json' } as const;

const LISTS_COLLECTIONS = expectList('collections');

export function listCollections(token: string | null, pageSize: number): Call {
  const path = upstreamPath('/collections', { pageSize, paginationToken: token });
  return { ...READ, endpoint: 'collections.list', path, findMismatch: LISTS_COLLECTIONS };
}

export function retrieveCollection(id: CollectionId): Call {
  const findMismatch = expectObject('collection', id);
  return { ...READ, endpoint: 'collections.retrieve', path: `/collections/${id}`, findMismatch };
}

export function createCollection(name: string): Call {
  return {
    ...WRITE,
    endpoint: 'collections.create',
    method: 'POST',
    path: '/collections',
    body: JSON.stringify({ name }),
    repeatable: false,
    findMismatch: expectObject('collection'),
  };
}

export function updateCollection(id: CollectionId, change: CollectionChange): Call {
  return {
    ...WRITE,
    endpoint: 'collections.update',
    method: 'PUT',
    path: `/collections/${id}`,
    body: JSON.stringify(change),
    findMismatch: expectObject('collection', id),
  };
}

export function deleteCollection(id: CollectionId): Call {
  return {
    ...WRITE,
    endpoint: 'collections.delete',
    method: 'DELETE',
    path: `/collections/${id}`,
    answer: 'json-or-nothing',
    findMismatch: expectNoOtherCollection(id),
  };
}

/** @param memberIds at most 49; the upstream applies all of them or none */
export function editCollectionMembers(
  edit: MembershipEdit,
  kind: MemberKind,
  id: CollectionId,
  memberIds: readonly string[],
): Call {
  return {
    ...WRITE,
    endpoint: membershipEndpoint(edit, kind),
    method: edit === 'add' ? 'PUT' : 'DELETE',
    path: `/collections/${id}/${kind}`,
    body: JSON.stringify(kind === 'assets' ? { assetIds: memberIds } : { modelIds: memberIds }),
    findMismatch: expectObject('collection', id),
  };
}

/** The endpoint of such an edit, for whoever tells of it. */
export function membershipEndpoint(edit: MembershipEdit, kind: MemberKind): string {
  return `collections.${kind}.${edit}`;
}
