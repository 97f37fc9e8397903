import { parseAccept } from './accept.ts';

/** How an answer is to be written. */
export interface MediaType {
  readonly name: 'application/json' | 'application/graphql-response+json';
  /** Whether errors in a document are to come with status 200, as clients of old expect. */
  readonly wantsLegacyStatus: boolean;
}

const MODERN: MediaType = { name: 'application/graphql-response+json', wantsLegacyStatus: false };
const LEGACY: MediaType = { name: 'application/json', wantsLegacyStatus: true };
const UNSTATED: MediaType = { name: 'application/json', wantsLegacyStatus: false };

// Nearly all callers send the same.
let latest: { readonly accept: string | undefined; readonly mediaType: MediaType } = {
  accept: undefined,
  mediaType: UNSTATED,
};

/** Chooses by the `Accept` header, as graphql-over-http has it; what asks for neither form gets JSON all the same. */
export function negotiate(accept: string | undefined): MediaType {
  if (accept !== latest.accept) latest = { accept, mediaType: choose(accept) };
  return latest.mediaType;
}

function choose(accept: string | undefined): MediaType {
  const weights = parseAccept(accept);
  const modern = weights.get(MODERN.name) ?? 0;
  const legacy = weights.get(LEGACY.name) ?? 0;
  if (modern > 0 && modern >= legacy) return MODERN;
  return legacy > 0 ? LEGACY : UNSTATED;
}
