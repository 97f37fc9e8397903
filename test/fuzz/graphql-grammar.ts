import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';

const FIELDS = [
  'node nodes collection collections id scenarioId name ownerId assetCount itemCount thumbnail assetId url edges cursor',
  'pageInfo hasNextPage endCursor createdAt createCollection updateCollection deleteCollection addAssetsToCollection',
  'assets kind tags previewUrl collectionIds nodes',
  'message code issues path appliedIds failedIds deletedCollectionId __typename __schema __type types fields nme Id',
]
  .join(' ')
  .split(' ');
const TYPES = [
  'ID',
  'ID!',
  '[ID!]!',
  'Int',
  'Int!',
  'String',
  'CreateCollectionInput!',
  'AssetFilter',
  'Collection',
  'Nope',
  '[[Int]]',
];
const CONDITIONS = [
  'Collection',
  'Node',
  'Error',
  'Query',
  'Mutation',
  'CreateCollectionPayload',
  'ConflictError',
  'Nope',
];
const ARGUMENTS = [
  'id',
  'ids',
  'first',
  'after',
  'input',
  'name',
  'assetIds',
  'modelIds',
  'thumbnailAssetId',
  'filter',
  'text',
  'kinds',
  'tags',
  'inCollection',
  'if',
  'x',
];
const IDS = ['"col_1"', '"Q29sbGVjdGlvbjpjb2xfMQ=="', '".."', '""', '"a/b"', '"QXNzZXQ6eA=="'];

const oneOf = (texts: readonly string[]) => fc.constantFrom(...texts);
const join = (parts: ReadonlyArray<Arbitrary<string>>, glue = ' ') =>
  fc.tuple(...parts).map((texts) => texts.join(glue));
const maybe = (part: Arbitrary<string>, weight = 1) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight, arbitrary: part });
const list = (part: Arbitrary<string>, maxLength: number, minLength = 0) =>
  fc.array(part, { minLength, maxLength }).map((texts) => texts.join(' '));

const name = fc.oneof(
  { weight: 9, arbitrary: oneOf(FIELDS) },
  { weight: 1, arbitrary: fc.stringMatching(/^[_A-Za-z]\w{0,9}$/) },
);
const fragmentName = oneOf(['F', 'G', 'H']);
const variable = oneOf(['$a', '$b', '$c']);
const numbers = oneOf([
  '0',
  '1',
  '-1',
  '250',
  '501',
  '2147483648',
  '1.5',
  '1e400',
  '-0',
  '99999999999999999999',
]);
const strings = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text)),
  oneOf(['"""block "quoted" \\""" """', '"\\uD83D\\uDE00"', '"\\u{1F600}"', '"\\uD800"']),
);

const { value } = fc.letrec<{ value: string; many: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    oneOf(IDS),
    numbers,
    strings,
    variable,
    oneOf(['true', 'false', 'null', 'ENUM', '{}', '[]']),
    tie('many'),
    tie('object'),
  ),
  many: list(tie('value'), 4).map((items) => `[${items}]`),
  object: list(
    fc.tuple(oneOf(ARGUMENTS), tie('value')).map(([key, item]) => `${key}: ${item}`),
    3,
  ).map((fields) => `{${fields}}`),
}));

const argumentList = list(
  fc.tuple(oneOf(ARGUMENTS), value).map(([key, given]) => `${key}: ${given}`),
  2,
  1,
).map((given) => `(${given})`);
const directive = join([oneOf(['@skip', '@include', '@deprecated', '@nope']), maybe(argumentList, 3)], '');

const foundAssets = fc
  .tuple(strings, strings, value, oneOf(['IMAGE', 'OTHER', '[VIDEO, IMAGE]', '[]', 'null']))
  .map(([text, tag, id, kinds]) => {
    const filter = `{ text: ${text}, tags: ${tag}, kinds: ${kinds}, inCollection: ${id} }`;
    return `assets(first: 3, filter: ${filter}) { edges { cursor node { id kind } } pageInfo { endCursor } }`;
  });

/** Root fields that are right, so that many documents get as far as the upstream. */
const queryField = fc.oneof(
  {
    weight: 3,
    arbitrary: oneOf([
      'collection(id: "col_1") { id name thumbnail { url } }',
      'collections(first: 3) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }',
      'nodes(ids: ["Q29sbGVjdGlvbjpjb2xfMQ==", "x"]) { id ... on Collection { itemCount } }',
    ]),
  },
  { weight: 1, arbitrary: foundAssets },
);
const mutationField = oneOf([
  'createCollection(input: { name: "x" }) { __typename ... on Error { message code } }',
  'deleteCollection(input: { id: "col_1" }) { __typename }',
  'addAssetsToCollection(input: { id: "col_1", assetIds: ["a", "b"] }) { __typename }',
]);

const rightField = fc.oneof(queryField, mutationField);

const { selectionSet } = fc.letrec<{ selectionSet: string; selection: string; field: string }>((tie) => ({
  selectionSet: list(tie('selection'), 4, 1).map((selections) => `{ ${selections} }`),
  selection: fc.oneof(
    { maxDepth: 5 },
    name,
    rightField,
    join([fc.constant('...'), fragmentName]),
    tie('field'),
    join([
      fc.constant('...'),
      maybe(
        oneOf(CONDITIONS).map((type) => `on ${type}`),
        4,
      ),
      maybe(directive),
      tie('selectionSet'),
    ]),
  ),
  field: join([
    maybe(name.map((alias) => `${alias}:`)),
    name,
    maybe(argumentList, 3),
    maybe(directive),
    maybe(tie('selectionSet'), 4),
  ]),
}));

const variableDefinitions = list(
  fc
    .tuple(variable, oneOf(TYPES), maybe(value))
    .map(([given, type, fallback]) => `${given}: ${type}${fallback && ` = ${fallback}`}`),
  3,
  1,
).map((definitions) => `(${definitions})`);
const rightOperation = fc.oneof(
  queryField.map((field) => `query { ${field} }`),
  mutationField.map((field) => `mutation M { ${field} }`),
);
const operation = fc.oneof(
  { weight: 1, arbitrary: selectionSet },
  {
    weight: 1,
    arbitrary: join([
      oneOf(['query', 'mutation', 'subscription']),
      maybe(name, 3),
      maybe(variableDefinitions, 3),
      maybe(directive),
      selectionSet,
    ]),
  },
  { weight: 2, arbitrary: rightOperation },
);
const fragment = fc
  .tuple(fragmentName, oneOf(CONDITIONS), selectionSet)
  .map(([given, type, selections]) => `fragment ${given} on ${type} ${selections}`);

const grammatical = fc
  .tuple(operation, list(fc.oneof(fragment, operation), 2))
  .map((parts) => parts.join(' '));

/** A document with a few characters gone, doubled or in the wrong place. */
const broken = fc
  .tuple(
    grammatical,
    fc.nat(),
    fc.nat({ max: 12 }),
    fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 6 }), oneOf(Array.from('{}()[]$@!:"'))),
  )
  .map(([text, at, length, put]) => {
    const start = text.length === 0 ? 0 : at % text.length;
    return text.slice(0, start) + put + text.slice(start + length);
  });

/** Documents of every kind: most follow the grammar, some nearly, some not at all. */
export const documents: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: grammatical },
  { weight: 2, arbitrary: rightOperation },
  { weight: 3, arbitrary: broken },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
