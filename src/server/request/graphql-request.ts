import { fail, type Result, succeed } from '../../shared/result.ts';
import { tryParseJson } from '../../shared/try-parse-json.ts';
import type { Refusal } from '../edge/refusal.ts';

/** A request as it was sent. */
export interface SentRequest {
  readonly method: 'GET' | 'POST';
  /** The body of a POST, the query string of a GET. */
  readonly text: string;
}

/** What a request asks for, in one form whatever the client and the method. Nothing of it is empty text. */
export interface GraphqlRequest {
  /** The document, unless it is only named. */
  readonly query: string | null;
  readonly documentId: string | null;
  readonly operationName: string | null;
  readonly variables: JsonObject;
  readonly extensions: JsonObject;
}

type JsonObject = Readonly<Record<string, unknown>>;
type Read = Result<GraphqlRequest, Refusal>;

const TEXTS = ['query', 'documentId', 'operationName'] as const;
const OBJECTS = ['variables', 'extensions'] as const;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads what was sent. Tolerant of what clients really send: unknown members are ignored; an empty text and an empty
 * list stand for what is absent.
 * @returns the refusal of what is no JSON object, of batches, and of members of another type
 */
export function readGraphqlRequest({ method, text }: SentRequest): Read {
  return method === 'POST' ? readJsonBody(text) : readQueryString(text);
}

function readJsonBody(body: string): Read {
  const value = tryParseJson(body.startsWith(BYTE_ORDER_MARK) ? body.slice(1) : body);
  if (value === undefined)
    return refuse('The body is not valid JSON: send an object such as {"query": "…"}.');
  if (Array.isArray(value)) return refuse('Batches are not supported: send each operation by itself.');
  if (!isObject(value)) return refuse('The body must be a JSON object such as {"query": "…"}.');
  return readMembers(value);
}

// There `variables` and `extensions` are JSON.
function readQueryString(search: string): Read {
  const parameters = new URLSearchParams(search);
  const repeated = [...TEXTS, ...OBJECTS].find((name) => parameters.getAll(name).length > 1);
  if (repeated !== undefined)
    return refuse(`The parameter "${repeated}" stands more than once: send it once.`);
  const members: Record<string, unknown> = {};
  for (const name of TEXTS) members[name] = parameters.get(name);
  for (const name of OBJECTS) {
    const text = parameters.get(name) ?? '';
    members[name] = text === '' ? null : tryParseJson(text);
    if (members[name] === undefined) return refuse(`The parameter "${name}" is not valid JSON.`);
  }
  return readMembers(members);
}

function readMembers(members: JsonObject): Read {
  for (const name of TEXTS) {
    if (typeof (members[name] ?? '') !== 'string') return refuse(`"${name}" must be a string.`);
  }
  for (const name of OBJECTS) {
    const value = members[name];
    if (!isAbsent(value) && !isObject(value)) return refuse(`"${name}" must be an object${hintFor(value)}.`);
  }
  return succeed({
    query: textOf(members['query']),
    documentId: textOf(members['documentId']),
    operationName: textOf(members['operationName']),
    variables: objectOf(members['variables']),
    extensions: objectOf(members['extensions']),
  });
}

function hintFor(value: unknown): string {
  return typeof value === 'string' ? ', not a string that holds one' : '';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

// PHP writes an empty map as a list.
function isAbsent(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(message: string): { readonly ok: false; readonly failure: Refusal } {
  return fail({ status: 400, code: 'BAD_USER_INPUT', message });
}
