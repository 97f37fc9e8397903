import type { WireCase } from './witness.ts';

const ID = 'col_a.B-c_9';
const NAME = `a "quoted" \\ 'name'\u2028</script> – Käse 🎨`;

const memberIds = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}_uthana-3.${index}`);

/** A list of short pages, read to its end. */
export const LIST_CASE: WireCase = {
  what: 'a list, read to its end',
  sdk: [{ method: 'collections.list', arguments: { page_size: 3 } }],
  gateway: { document: '{ collections(first: 3) { nodes { id } } }', variables: {} },
};

/** Every operation on collections, with what is apt to be spelled in two ways. */
export const COLLECTION_CASES: readonly WireCase[] = [
  LIST_CASE,
  {
    what: 'a collection',
    sdk: [{ method: 'collections.retrieve', arguments: { collection_id: ID } }],
    gateway: {
      document: 'query ($id: ID!) { collection(id: $id) { name } }',
      variables: { id: ID },
    },
  },
  {
    what: 'a collection with an odd name',
    sdk: [{ method: 'collections.create', arguments: { name: NAME } }],
    gateway: mutation('createCollection', { name: NAME }),
  },
  updated('a new name', { name: NAME }, { name: NAME }),
  updated('a new thumbnail', { thumbnail: 'asset_1' }, { thumbnailAssetId: 'asset_1' }),
  updated('no thumbnail', { thumbnail: null }, { thumbnailAssetId: null }),
  updated('a name and no thumbnail', { name: 'b', thumbnail: null }, { thumbnailAssetId: null, name: 'b' }),
  {
    what: 'a collection less',
    sdk: [{ method: 'collections.delete', arguments: { collection_id: ID } }],
    gateway: mutation('deleteCollection', { id: ID }),
    // The SDK names one for every write; the gateway has no body here whose type it could tell.
    untyped: true,
  },
  ...[1, 49].flatMap((count) => [
    edited('add', 'asset', count),
    edited('remove', 'asset', count),
    edited('add', 'model', count),
    edited('remove', 'model', count),
  ]),
];

function updated(what: string, change: object, input: object): WireCase {
  return {
    what,
    sdk: [{ method: 'collections.update', arguments: { collection_id: ID, ...change } }],
    gateway: mutation('updateCollection', { id: ID, ...input }),
  };
}

function edited(edit: 'add' | 'remove', kind: 'asset' | 'model', count: number): WireCase {
  const ids = memberIds(kind, count);
  const things = kind === 'asset' ? 'Assets' : 'Models';
  const field = edit === 'add' ? `add${things}ToCollection` : `remove${things}FromCollection`;
  return {
    what: `${edit} ${count} ${kind}(s)`,
    sdk: [{ method: `collections.${kind}s.${edit}`, arguments: { collection_id: ID, [`${kind}_ids`]: ids } }],
    gateway: mutation(field, { id: ID, [`${kind}Ids`]: ids }),
  };
}

function mutation(field: string, input: object): WireCase['gateway'] {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  return {
    document: `mutation ($input: ${type}Input!) { ${field}(input: $input) { ... on ${type}Payload { __typename } } }`,
    variables: { input },
  };
}
