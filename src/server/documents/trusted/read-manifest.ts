import { z } from 'zod';
import { fail, type Result, succeed } from '../../../shared/result.ts';
import { tryParseJson } from '../../../shared/try-parse-json.ts';
import { normalizeId } from './document-id.ts';

/** Ids of documents, as `normalizeId` writes them, with the documents. */
export type Entry = readonly [id: string, text: string];

const text = z.string().min(1);
/** What relay-compiler and graphql-codegen write, with `sha256:` before each id or without. */
const plain = z.record(z.string(), text);
/** What Apollo's generate-persisted-query-manifest writes. */
const apollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: text })),
});

/** Reads a manifest. @returns its entries; a phrase that says what is wrong and quotes nothing */
export function readManifest(json: string): Result<readonly Entry[], string> {
  const given = pairsOf(tryParseJson(json));
  if (given === null) return fail('is not a JSON object of "hash": "document"');
  const entries = given.flatMap(([id, document]): Entry[] => {
    const normalized = normalizeId(id);
    return normalized === null ? [] : [[normalized, document]];
  });
  return entries.length === given.length
    ? succeed(entries)
    : fail('has an id that is not a hash: 32 to 128 hex digits, with or without "sha256:" before them');
}

function pairsOf(value: unknown): ReadonlyArray<readonly [string, string]> | null {
  const fromApollo = apollo.safeParse(value);
  if (fromApollo.success) return fromApollo.data.operations.map(({ id, body }) => [id, body]);
  const fromOthers = plain.safeParse(value);
  return fromOthers.success ? Object.entries(fromOthers.data) : null;
}
