/** A document and what the gateway answers to it. */
export interface HostileDocument {
  readonly what: string;
  readonly text: string;
  readonly code: string;
}

const repeat = (count: number, part: (index: number) => string, glue = ' ') =>
  Array.from({ length: count }, (_, index) => part(index)).join(glue);

/** Fragments of which each spreads the next one twice: 2^count fields in a few lines. */
function fanOut(count: number): string {
  const fragments = repeat(
    count,
    (index) => `fragment F${index} on Collection { ...F${index + 1} ...F${index + 1} }`,
  );
  return `{ collection(id: "c") { ...F0 } } ${fragments} fragment F${count} on Collection { id }`;
}

const inside = (selection: string) => `{ collection(id: "c") { ${selection} } }`;
const nested = (levels: number) => `${'{ a '.repeat(levels)}${'}'.repeat(levels)}`;

/** Documents that are made to be slow, each within the limit of bytes. */
export const HOSTILE: readonly HostileDocument[] = [
  {
    what: 'fragments in a circle',
    text: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: 'a fragment that spreads itself 300 times',
    text: `{ ...A } fragment A on Query { ${'...A '.repeat(300)} }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  { what: 'fragments fanning out 2^20', text: fanOut(20), code: 'LIMIT_EXCEEDED' },
  { what: 'fragments fanning out 2^60', text: fanOut(60), code: 'LIMIT_EXCEEDED' },
  {
    what: 'a chain of 80 fragments',
    text: `{ ...F0 } ${repeat(80, (index) => `fragment F${index} on Query { ...F${index + 1} }`)} fragment F80 on Query { __typename }`,
    code: '',
  },
  { what: 'one field 950 times', text: inside('id '.repeat(950)), code: '' },
  {
    what: '50 overlapping fields with sub-selections',
    text: inside('thumbnail{url} '.repeat(50)),
    code: '',
  },
  {
    what: '240 overlapping fields with sub-selections',
    text: inside('thumbnail{url} '.repeat(240)),
    code: 'LIMIT_EXCEEDED',
  },
  {
    what: '51 overlapping fields with sub-selections in fragments',
    text: `${inside('...F '.repeat(17))} fragment F on Collection { thumbnail{url} ... { thumbnail{url} } thumbnail{url} }`,
    code: 'LIMIT_EXCEEDED',
  },
  { what: 'overlapping fields in inline fragments', text: inside('...{id} '.repeat(240)), code: '' },
  {
    what: 'overlapping fields in typed fragments, nested',
    text: inside('...on Collection{thumbnail{url}} '.repeat(50)),
    code: '',
  },
  {
    what: 'overlapping fields through 20 fragments that spread one another',
    text: `{ ...F0 } ${repeat(20, (index) => `fragment F${index} on Query { c: collection(id:"c"){id} ${repeat(20 - index - 1, (next) => `...F${index + next + 1}`)} }`)}`,
    code: 'LIMIT_EXCEEDED',
  },
  {
    what: 'fields that conflict with one another',
    text: inside(repeat(30, (index) => `a: ${['id', 'name', 'ownerId', 'updatedAt'][index % 4]}`)),
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: 'conflicting arguments',
    text: `{ ${repeat(20, (index) => `collection(id:"${index}"){id}`)} }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: '900 unknown fields',
    text: inside(repeat(900, (index) => `x${index}`)),
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: '300 unknown fragments',
    text: inside(repeat(300, (index) => `...X${index}`)),
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: '140 unused fragments',
    text: `{ __typename } ${repeat(140, (index) => `fragment X${index} on Query { __typename }`)}`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: '150 operations of one name',
    text: repeat(150, () => 'query A { __typename }'),
    code: 'BAD_USER_INPUT',
  },
  {
    what: '240 variables that nobody uses',
    text: `query (${repeat(240, (index) => `$v${index}: Int`)}) { __typename }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  { what: '51 directives', text: inside(`id ${'@skip(if: false) '.repeat(51)}`), code: 'LIMIT_EXCEEDED' },
  {
    what: 'an unknown directive 300 times',
    text: `query ${'@x '.repeat(300)} { __typename }`,
    code: 'LIMIT_EXCEEDED',
  },
  {
    what: '400 levels of lists in a value',
    text: `{ nodes(ids: ${'['.repeat(400)}${']'.repeat(400)}) { id } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: '240 levels of objects in a value',
    text: `mutation { createCollection(input: ${'{a:'.repeat(240)}1${'}'.repeat(240)}) { __typename } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    what: '900 ids in a value',
    text: `{ nodes(ids: [${'"c" '.repeat(900)}]) { id } }`,
    code: 'BAD_USER_INPUT',
  },
  { what: '400 levels of selections', text: nested(400), code: 'LIMIT_EXCEEDED' },
  { what: '450 unbalanced braces', text: '{a'.repeat(450), code: 'GRAPHQL_PARSE_FAILED' },
  { what: 'a comment of 8,000 bytes', text: `{ __typename } #${'x'.repeat(8_000)}`, code: '' },
  {
    what: 'a block string of 8,000 bytes',
    text: `{ collection(id: """${' \n'.repeat(4_000)}""") { id } }`,
    code: 'BAD_USER_INPUT',
  },
  { what: 'a name of 8,000 bytes', text: `query ${'N'.repeat(8_000)} { __typename }`, code: '' },
  {
    what: 'a string of escapes',
    text: `{ collection(id: "${'\\u0041'.repeat(1_300)}") { id } }`,
    code: 'BAD_USER_INPUT',
  },
  { what: 'commas and blanks alone', text: ', '.repeat(4_000), code: 'GRAPHQL_PARSE_FAILED' },
];
