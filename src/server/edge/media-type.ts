/** How an answer is to be written. */
export interface MediaType {
  readonly name: 'application/json' | 'application/graphql-response+json';
  /** Whether errors in a document are to come with status 200, as clients of old expect. */
  readonly wantsLegacyStatus: boolean;
}

const MODERN: MediaType = { name: 'application/graphql-response+json', wantsLegacyStatus: false };
const LEGACY: MediaType = { name: 'application/json', wantsLegacyStatus: true };
const UNSTATED: MediaType = { name: 'application/json', wantsLegacyStatus: false };

/** Chooses by the `Accept` header, as graphql-over-http has it; what asks for neither form gets JSON all the same. */
export function negotiate(accept: string | undefined): MediaType {
  if (accept?.includes(MODERN.name)) return MODERN;
  return accept?.includes(LEGACY.name) ? LEGACY : UNSTATED;
}
