const DATES = { createdAt: '2023-02-03T11:19:41.579Z', updatedAt: '2023-02-03T11:19:41.579Z' };

/** An asset with no more than Scenario's own client requires. */
export function leastAsset(id: string): object {
  return {
    ...DATES,
    id,
    authorId: 'user_1',
    ownerId: 'proj_1',
    collectionIds: [],
    kind: 'image',
    source: 'inference-txt',
    status: 'success',
    privacy: 'private',
    mimeType: 'image/png',
    url: `https://cdn.example.com/${id}.png?Signature=a~b`,
    tags: [],
    editCapabilities: [],
    metadata: { kind: 'image', type: 'inference-txt2img' },
    properties: { size: 1024 },
  };
}

/** An asset as a search finds it, likewise. */
export function leastHit(id: string): object {
  return {
    ...DATES,
    id,
    authorId: 'user_1',
    ownerId: 'proj_1',
    teamId: 'team_1',
    collectionIds: [],
    privacy: 'private',
    mimeType: 'image/png',
    nsfw: [],
    url: `https://cdn.example.com/${id}.png?Signature=a~b`,
    tags: [],
    metadata: {},
  };
}

/** A model with no more than Scenario's own client requires. */
export function leastModel(id: string, privacy: string): object {
  return {
    ...DATES,
    ...leastBulkModel(id, privacy),
    capabilities: [],
    collectionIds: [],
    custom: false,
    exampleAssetIds: [],
    source: 'scenario',
    status: 'trained',
    tags: [],
    trainingImagesNumber: 0,
  };
}

/** The same, as a bulk read may give it. */
export function leastBulkModel(id: string, privacy: string): object {
  return { id, privacy, type: 'flux.1-lora' };
}
