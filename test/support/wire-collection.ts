/** A collection as the reference shows it, with these fields in place of its own. */
export function wireCollection(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'col_1',
    name: 'Forest props',
    ownerId: 'dcf121faaa1a0a0bbbd9ca1b73d62aea',
    assetCount: 3,
    modelCount: 1,
    itemCount: 4,
    createdAt: '2023-02-03T11:19:41.579Z',
    updatedAt: '2023-02-03T11:19:41.579Z',
    thumbnail: { assetId: 'asset_1', url: 'https://cdn.example.com/a.png?Signature=a~b&Expires=1' },
    ...fields,
  };
}
