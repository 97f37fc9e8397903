import { hash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  Lexer,
  NoSchemaIntrospectionCustomRule,
  parse,
  Source,
  specifiedRules,
  TokenKind,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { RefusalError } from '../edge/refusal.ts';
import { CompiledDocument } from '../execution/compiled/compiled-document.ts';
import { type DocumentLimits, exceededLimit } from '../limits/document-limits.ts';
import { withoutRepeats } from './without-repeats.ts';

/** A document that was parsed, measured and validated. */
export type CheckedDocument = {
  /** Tells the document from others in the log: 16 hex digits of the SHA-256 of its text. */
  readonly hash: string;
} & DocumentVerdict;

type DocumentVerdict =
  | {
      readonly ok: true;
      readonly document: DocumentNode;
      /** `null` where only graphql-js executes the document exactly. */
      readonly compiled: CompiledDocument | null;
      /** The operation names that choose one of its operations; `null` among them where none is needed. */
      readonly names: ReadonlySet<string | null>;
    }
  /** `document` is `null` where it could not even be parsed. */
  | { readonly ok: false; readonly document: DocumentNode | null; readonly errors: readonly GraphQLError[] };

// A parsed document takes about 90 bytes of heap for each character of its text: some 30 MB in all.
const MAX_TEXT_LENGTH = 330_000;
const MAX_ERRORS = 10;
// Not cut out of the whole hash: V8 keeps such a text as a part of the other, and writes JSON with it at a third of the speed.
const HASH_BYTES = 8;

/** Checks documents and remembers the good and the bad ones, bounded by the memory that they take. */
export class DocumentStore {
  readonly #schema: GraphQLSchema;
  readonly #limits: DocumentLimits;
  readonly #isOpen: boolean;
  readonly #compiles: boolean;
  readonly #compiled = new WeakMap<DocumentNode, CompiledDocument>();
  readonly #checked = new LRUCache<string, CheckedDocument>({
    maxSize: MAX_TEXT_LENGTH,
    sizeCalculation: (_checked, text) => text.length + 1,
  });

  /**
   * @param isOpen whether introspection and suggestions are on
   * @param compiles whether documents are compiled where that is exact
   */
  constructor(schema: GraphQLSchema, limits: DocumentLimits, isOpen: boolean, compiles: boolean) {
    this.#schema = schema;
    this.#limits = limits;
    this.#isOpen = isOpen;
    this.#compiles = compiles;
  }

  /** Limits come before validation, so that no document makes validation slow. */
  check(text: string): CheckedDocument {
    const known = this.#checked.get(text);
    if (known) return known;
    const checked = {
      ...this.#check(text),
      hash: hash('sha256', text, 'buffer').toString('hex', 0, HASH_BYTES),
    };
    this.#checked.set(text, checked);
    return checked;
  }

  /** What was compiled of a checked document; `null` where only graphql-js executes it exactly. */
  compiledOf(document: DocumentNode): CompiledDocument | null {
    return this.#compiled.get(document) ?? null;
  }

  #check(text: string): DocumentVerdict {
    const { maxBytes, maxTokens } = this.#limits;
    if (Buffer.byteLength(text) > maxBytes)
      return refused(null, `The document is larger than ${maxBytes} bytes.`);
    const document = parseDocument(text, maxTokens);
    if (document instanceof GraphQLError) return { ok: false, document: null, errors: [document] };
    const exceeded = exceededLimit(document, this.#limits);
    if (exceeded !== null) return refused(document, exceeded);
    const rules = this.#isOpen ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const options = { hideSuggestions: !this.#isOpen, maxErrors: MAX_ERRORS };
    const errors = validate(this.#schema, withoutRepeats(document), rules, options);
    if (errors.length > 0)
      return {
        ok: false,
        document,
        errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')),
      };
    const compiled = this.#compiles ? CompiledDocument.from(this.#schema, document) : null;
    if (compiled) this.#compiled.set(document, compiled);
    return { ok: true, document, compiled, names: operationNames(document) };
  }
}

function operationNames({ definitions }: DocumentNode): ReadonlySet<string | null> {
  const names = definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? null] : [],
  );
  return new Set(names.length === 1 ? [...names, null] : names);
}

function parseDocument(text: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (hasMoreTokens(text, maxTokens)) return limitError(`The document has more than ${maxTokens} tokens.`);
    return withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}

function hasMoreTokens(text: string, maxTokens: number): boolean {
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF; count += 1)
      if (count === maxTokens) return true;
  } catch {
    // What can't be read as tokens is a syntax error.
  }
  return false;
}

function refused(document: DocumentNode | null, message: string): DocumentVerdict {
  return { ok: false, document, errors: [limitError(message)] };
}

function limitError(message: string): RefusalError {
  return new RefusalError({ status: 400, code: 'LIMIT_EXCEEDED', message });
}

// `spec`: graphql-over-http wants 200 for these from whoever accepts only "application/json".
function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    extensions: { code, http: { spec: true, status: 400 } },
  });
}
