/** The nine operations of the reference. */
export const ENDPOINTS = [
  'GET /collections',
  'POST /collections',
  'GET /collections/{collectionId}',
  'PUT /collections/{collectionId}',
  'DELETE /collections/{collectionId}',
  'PUT /collections/{collectionId}/assets',
  'DELETE /collections/{collectionId}/assets',
  'PUT /collections/{collectionId}/models',
  'DELETE /collections/{collectionId}/models',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

/** Names the operation that a request asks for; `undefined` when the API has none such. */
export function endpointOf(method: string, path: string): Endpoint | undefined {
  const pattern = path.replace(/^\/collections\/[^/]+/, '/collections/{collectionId}');
  return ENDPOINTS.find((endpoint) => endpoint === `${method} ${pattern}`);
}
