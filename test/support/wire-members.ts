const DATES = { createdAt: '2023-02-03T11:19:41.579Z', updatedAt: '2023-02-03T11:19:41.579Z' };

/** An asset as the reference shows it, with these fields in place of its own. */
export function wireAsset(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'asset_1',
    collectionIds: [],
    kind: 'image',
    source: 'txt2img',
    status: 'success',
    privacy: 'private',
    mimeType: 'image/png',
    url: 'https://cdn.example.com/asset_1?Signature=a~b',
    tags: [],
    metadata: { kind: 'image', type: 'txt2img' },
    properties: { size: 1_024 },
    ...DATES,
    ...fields,
  };
}

/** A model, likewise. */
export function wireModel(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'model_1',
    collectionIds: [],
    type: 'flux.1-lora',
    source: 'other',
    status: 'trained',
    privacy: 'private',
    custom: true,
    exampleAssetIds: [],
    tags: [],
    capabilities: [],
    ...DATES,
    ...fields,
  };
}
