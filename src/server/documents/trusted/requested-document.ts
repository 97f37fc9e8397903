import { isRecord } from '../../../shared/is-record.ts';
import { fail, type Result, succeed } from '../../../shared/result.ts';
import type { Refusal } from '../../edge/refusal.ts';
import { idOf, normalizeId } from './document-id.ts';

/** The parameters of a request that say which document it is about, whatever they are. */
export interface DocumentParameters {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/** Which document a request is about; `text` where it was sent, `id` where it was not. */
export type RequestedDocument =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'id'; readonly id: string };

type Requested = Result<RequestedDocument | null, Refusal>;

/**
 * Reads the document, the `documentId` of GraphQL over HTTP, or the `extensions.persistedQuery` of Apollo.
 * @returns `null` where there is none of them, or no text where there should be one
 */
export function readRequestedDocument({ query, documentId, extensions }: DocumentParameters): Requested {
  const text = typeof query === 'string' ? query : null;
  if (documentId !== undefined && documentId !== null) {
    if (query !== undefined && query !== null)
      return refuse('The request has both "query" and "documentId": send one.');
    if (typeof documentId !== 'string') return refuse('"documentId" must be a text such as "sha256:<hex>".');
    return succeed({ kind: 'id', id: documentId });
  }
  const hash = hashOfApollo(extensions);
  if (hash === null) return succeed(text === null ? null : { kind: 'text', text });
  if (!hash.ok) return hash;
  if (text === null) return succeed({ kind: 'id', id: hash.value });
  return normalizeId(hash.value) === idOf(text)
    ? succeed({ kind: 'text', text })
    : refuse('"extensions.persistedQuery.sha256Hash" is not the SHA-256 of "query".');
}

function hashOfApollo(extensions: unknown): Result<string, Refusal> | null {
  if (!isRecord(extensions) || !isRecord(extensions['persistedQuery'])) return null;
  const { version, sha256Hash } = extensions['persistedQuery'];
  return version === 1 && typeof sha256Hash === 'string'
    ? succeed(sha256Hash)
    : refuse('"extensions.persistedQuery" must be {"version": 1, "sha256Hash": "<hex>"}.');
}

function refuse(message: string): { readonly ok: false; readonly failure: Refusal } {
  return fail({ status: 400, code: 'BAD_USER_INPUT', message });
}
