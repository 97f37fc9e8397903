import type { Call, CallResult, CallScope, Send } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { CollectionId } from '../shared/brands.ts';
import { type Result, succeed } from '../shared/result.ts';
import { decodeCollection, decodePage } from './decode.ts';
import type { Collection, CollectionChange, CollectionPage } from './model.ts';
import { judgeWrite, type WriteOutcome } from './write-outcome.ts';

/** The two kinds of things that a collection holds. */
export type MemberKind = 'assets' | 'models';
export type MembershipEdit = 'add' | 'remove';

/** The endpoints of the Scenario Collections API, in domain words. */
export interface CollectionsApi {
  list(token: string | null, pageSize: number, scope: CallScope): Promise<Result<CollectionPage, Failure>>;
  get(id: CollectionId, scope: CallScope): Promise<Result<Collection, Failure>>;
  create(name: string, scope: CallScope): Promise<WriteOutcome<Collection>>;
  update(id: CollectionId, change: CollectionChange, scope: CallScope): Promise<WriteOutcome<Collection>>;
  delete(id: CollectionId, scope: CallScope): Promise<WriteOutcome<null>>;
  /** At most 49 ids; the upstream applies all of them or none. */
  editMembers(
    edit: MembershipEdit,
    kind: MemberKind,
    id: CollectionId,
    memberIds: readonly string[],
    scope: CallScope,
  ): Promise<WriteOutcome<Collection>>;
}

/** @param projectId sent with every call when set */
export function createCollectionsApi(send: Send, projectId: string | null): CollectionsApi {
  const to = (path: string, query: Readonly<Record<string, string>> = {}) => {
    const search = new URLSearchParams(projectId === null ? query : { ...query, projectId }).toString();
    return search === '' ? path : `${path}?${search}`;
  };
  const write = async (call: Call, scope: CallScope) => judgeWrite(await send(call, scope), decodeCollection);
  return {
    list: async (token, pageSize, scope) => {
      const page = { pageSize: String(pageSize), ...(token === null ? {} : { paginationToken: token }) };
      const path = to('/collections', page);
      return decodeRead(await send(read('collections.list', path), scope), decodePage);
    },
    get: async (id, scope) =>
      decodeRead(await send(read('collections.retrieve', to(`/collections/${id}`)), scope), decodeCollection),
    create: (name, scope) =>
      write({ ...json('collections.create', { name }), method: 'POST', path: to('/collections') }, scope),
    update: (id, change, scope) =>
      write({ ...json('collections.update', change), method: 'PUT', path: to(`/collections/${id}`) }, scope),
    delete: async (id, scope) => judgeDelete(await send(deletion(to(`/collections/${id}`)), scope)),
    editMembers: (edit, kind, id, memberIds, scope) => {
      const method = edit === 'add' ? 'PUT' : 'DELETE';
      const body = kind === 'assets' ? { assetIds: memberIds } : { modelIds: memberIds };
      const path = to(`/collections/${id}/${kind}`);
      return write({ ...json(`collections.${kind}.${edit}`, body), method, path }, scope);
    },
  };
}

function read(endpoint: string, path: string): Call {
  return { endpoint, method: 'GET', path, answer: 'json' };
}

function json(endpoint: string, body: object): Pick<Call, 'endpoint' | 'body' | 'answer'> {
  return { endpoint, body: JSON.stringify(body), answer: 'json' };
}

function deletion(path: string): Call {
  return { endpoint: 'collections.delete', method: 'DELETE', path, answer: 'ignored' };
}

function decodeRead<Value>(
  result: CallResult,
  decode: (body: unknown) => Result<Value, Failure>,
): Result<Value, Failure> {
  return result.ok ? decode(result.body) : result;
}

// A collection that is gone after an unclear first try is gone through that try.
function judgeDelete(result: CallResult): WriteOutcome<null> {
  const isGone = !result.ok && result.failure.kind === 'status' && result.failure.status === 404;
  if (isGone && result.unclear) return { kind: 'applied', value: null };
  return judgeWrite(result, () => succeed(null));
}
