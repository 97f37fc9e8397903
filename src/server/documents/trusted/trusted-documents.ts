import { LRUCache } from 'lru-cache';
import type { Logger } from '../../../shared/logger.ts';
import { fail, type Result, succeed } from '../../../shared/result.ts';
import type { Refusal } from '../../edge/refusal.ts';
import { idOf, normalizeId } from './document-id.ts';
import { type DocumentParameters, readRequestedDocument } from './requested-document.ts';

/** What happens to a document that is not trusted: it runs, it runs and the log tells of it, or it is refused. */
export type TrustMode = 'off' | 'report' | 'enforce';

// Reports that are remembered, so that each document is told of once.
const MAX_REPORTS = 1_000;

/** Documents that clients may name instead of sending them, and that may be the only ones to run. */
export class TrustedDocuments {
  readonly #mode: TrustMode;
  readonly #logger: Logger;
  readonly #reported = new LRUCache<string, true>({ max: MAX_REPORTS });
  #byId: ReadonlyMap<string, string> = new Map();
  #texts: ReadonlySet<string> = new Set();
  #edition = 0;

  constructor(mode: TrustMode, logger: Logger) {
    this.#mode = mode;
    this.#logger = logger;
  }

  /** Another number whenever the documents were replaced: an id may stand for another one since. */
  get edition(): number {
    return this.#edition;
  }

  /** Takes these documents, by id, in place of those before. */
  replace(byId: ReadonlyMap<string, string>): void {
    this.#edition += 1;
    this.#byId = byId;
    this.#texts = new Set(byId.values());
  }

  /**
   * Finds the text of the document that a request is about.
   * @returns `null` where the request names none in a form that is known here
   */
  find(parameters: DocumentParameters, requestId: string): Result<string | null, Refusal> {
    const requested = readRequestedDocument(parameters);
    if (!requested.ok) return requested;
    if (requested.value === null) return succeed(null);
    if (requested.value.kind === 'text') return this.#judge(requested.value.text, requestId);
    const text = this.#byId.get(normalizeId(requested.value.id) ?? '');
    return text === undefined ? fail(NOT_FOUND) : succeed(text);
  }

  // A trusted document is trusted in full length, too.
  #judge(text: string, requestId: string): Result<string, Refusal> {
    if (this.#mode === 'off' || this.#texts.has(text)) return succeed(text);
    if (this.#mode === 'enforce') return fail(NOT_TRUSTED);
    const sha256 = idOf(text);
    if (!this.#reported.has(sha256)) {
      this.#reported.set(sha256, true);
      this.#logger.warn({ requestId, sha256 }, 'a document is not trusted, and would be refused');
    }
    return succeed(text);
  }
}

// Message and status are those of Apollo Server: clients look for them before they send the document itself.
const NOT_FOUND: Refusal = {
  status: 400,
  statusAsJson: 200,
  code: 'PERSISTED_QUERY_NOT_FOUND',
  message: 'PersistedQueryNotFound',
};

const NOT_TRUSTED: Refusal = {
  status: 403,
  code: 'DOCUMENT_NOT_TRUSTED',
  message: 'Only trusted documents run here: send the "documentId" of one of them.',
};
