/** The operations that the sandbox plays, each with its method and path. */
const OPERATIONS = [
  ['GET /collections', 'GET', '/collections'],
  ['POST /collections', 'POST', '/collections'],
  ['GET /collections/{collectionId}', 'GET', '/collections/{id}'],
  ['PUT /collections/{collectionId}', 'PUT', '/collections/{id}'],
  ['DELETE /collections/{collectionId}', 'DELETE', '/collections/{id}'],
  ['PUT /collections/{collectionId}/assets', 'PUT', '/collections/{id}/assets'],
  ['DELETE /collections/{collectionId}/assets', 'DELETE', '/collections/{id}/assets'],
  ['PUT /collections/{collectionId}/models', 'PUT', '/collections/{id}/models'],
  ['DELETE /collections/{collectionId}/models', 'DELETE', '/collections/{id}/models'],
  ['assets.list', 'GET', '/assets'],
  ['assets.delete', 'DELETE', '/assets'],
  ['assets.bulk', 'POST', '/assets/get-bulk'],
  ['assets.retrieve', 'GET', '/assets/{id}'],
  ['assets.search', 'POST', '/search/assets'],
  ['models.list', 'GET', '/models'],
  ['models.bulk', 'POST', '/models/get-bulk'],
  ['models.retrieve', 'GET', '/models/{id}'],
  ['models.search', 'POST', '/search/models'],
] as const;

/** The names of the operations, as rules, statistics and switches use them. */
export const ENDPOINTS = OPERATIONS.map(([name]) => name);

/** Their paths, as routes are written. */
export const PATHS = new Set(OPERATIONS.map(([, , path]) => path.replace('{id}', ':id')));

export type Endpoint = (typeof OPERATIONS)[number][0];

/** What a request asks for, its path with or without `/v1`. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
}

/** The path below `/v1`, as rules, ledger and statistics name it. */
export function apiPath({ path }: ApiRequest): string {
  return path.replace(/^\/v1/, '');
}

/** Names the operation that a request asks for; `undefined` when the API has none such. */
export function endpointOf(request: ApiRequest): Endpoint | undefined {
  // Only what has no other meaning is an id: `/assets/get-bulk` is no asset.
  const pattern = apiPath(request).replace(/^\/(?!search\/)(\w+)\/(?!get-bulk$)[^/]+/, '/$1/{id}');
  const found = OPERATIONS.find(([, ofMethod, ofPath]) => ofMethod === request.method && ofPath === pattern);
  return found?.[0];
}
