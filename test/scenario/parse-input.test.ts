import { describe, expect, test } from 'vitest';
import { parseSearchText, parseTags } from '../../src/scenario/assets/parse-asset-filter.ts';
import { parseCollectionFilter } from '../../src/scenario/collections/parse-collection-filter.ts';
import { InvalidInputError } from '../../src/scenario/errors.ts';
import { foldText } from '../../src/scenario/fold-text.ts';
import {
  parseChange,
  parseId,
  parseIdempotencyKey,
  parseIds,
  parseName,
} from '../../src/scenario/parse-input.ts';
import { instantOf } from '../../src/scenario/rfc3339.ts';

const AT = ['input', 'here'];

/** What is wrong with an input: the message at each path. */
function issuesOf(parse: () => unknown): ReadonlyArray<readonly [path: string, message: string]> {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.issues.map(({ path, message }) => [path.join('.'), message]);
  }
  return [];
}

test('an error about an input has all that is wrong with it as its message', () => {
  const issues = ['One.', 'Two.'].map((message) => ({ path: AT, message }));
  expect(new InvalidInputError(issues)).toMatchObject({
    code: 'BAD_USER_INPUT',
    message: 'One. Two.',
    issues,
  });
  const ofUpstream = ['already there', 'Gone!', 'cut…'].map((message) => ({ path: AT, message }));
  expect(new InvalidInputError(ofUpstream).message).toBe('already there. Gone! cut…');
});

describe('an id', () => {
  const FORM = '1 to 128 letters, digits, "_", "." or "-"';

  test('is taken as it is', () => {
    expect(parseId('Asset', 'asset_1', AT)).toBe('asset_1');
  });

  test.each([
    ['a/b', '"a/b"'],
    ['..', '".."'],
    ['a\n', String.raw`"a\n"`],
    ['/'.repeat(60), `"${'/'.repeat(60)}"`],
    ['/'.repeat(61), `"${'/'.repeat(60)}…"`],
  ])('that is none is refused, and shown in part where it is long: %j', (id, shown) => {
    expect(issuesOf(() => parseId('Model', id, AT))).toEqual([
      ['input.here', `${shown} is not a valid model id: it must be ${FORM}.`],
    ]);
  });
});

describe('a list of ids', () => {
  test('has each once, in order, as many as there may be', () => {
    expect(parseIds('Asset', ['b', 'a', 'b'], 3, AT)).toEqual(['b', 'a']);
  });

  test.each([
    [[], 'Give at least one asset id.'],
    [['a', 'b', 'c', 'd'], 'At most 3 asset ids fit in one mutation, but 4 were given.'],
  ])('of %j is refused', (ids, message) => {
    expect(issuesOf(() => parseIds('Asset', ids, 3, AT))).toEqual([['input.here', message]]);
  });

  test('names its first ten bad ones by their place', () => {
    const issues = issuesOf(() => parseIds('Asset', ['a', ...Array<string>(11).fill('/')], 20, AT));
    expect(issues.at(-1)?.[1]).toMatch(/ 1 more are wrong too\.$/);
    expect(issues.map(([path]) => path)).toEqual(
      Array.from({ length: 10 }, (_, index) => `input.here.${index + 1}`),
    );
  });
});

describe('a name', () => {
  test.each(['x', ' x ', 'x'.repeat(1_000), '\u00a0x'])('is taken as it is: %j', (name) => {
    expect(parseName(name, AT)).toBe(name);
  });

  test.each([
    ['', 'The name must not be blank.'],
    [' \t\u2003', 'The name must not be blank.'],
    ['x'.repeat(1_001), 'The name must have at most 1000 characters, but has 1001.'],
    ['a\u0085', 'The name must be well-formed Unicode without control characters.'],
    ['a\ud83c', 'The name must be well-formed Unicode without control characters.'],
  ])('that is none is refused: %j', (name, message) => {
    expect(issuesOf(() => parseName(name, AT))).toEqual([['input.here', message]]);
  });
});

describe('an idempotency key', () => {
  test('may be absent', () => {
    expect([parseIdempotencyKey(null), parseIdempotencyKey(undefined)]).toEqual([null, null]);
  });

  test.each(['!', '~', 'x'.repeat(128)])('is printable ASCII: %j', (key) => {
    expect(parseIdempotencyKey(key)).toBe(key);
  });

  test.each(['', 'a b', 'é', 'x\n', '\u007f', 'x'.repeat(129)])('is not %j', (key) => {
    expect(issuesOf(() => parseIdempotencyKey(key))).toEqual([
      ['input.idempotencyKey', expect.stringContaining('1 to 128 printable ASCII characters')],
    ]);
  });
});

describe('a change', () => {
  test.each([
    [{ name: 'n' }, { name: 'n' }],
    [{ thumbnailAssetId: 'asset_1' }, { thumbnail: 'asset_1' }],
    [{ thumbnailAssetId: null }, { thumbnail: null }],
    [
      { name: 'n', thumbnailAssetId: null },
      { name: 'n', thumbnail: null },
    ],
  ])('holds what is given, and nothing else: %j', (input, change) => {
    expect(parseChange(input)).toStrictEqual(change);
  });

  test.each([
    [{}, 'input', 'Nothing to change'],
    [{ name: null }, 'input.name', 'cannot be null'],
    [{ name: '' }, 'input.name', 'blank'],
    [{ thumbnailAssetId: '/' }, 'input.thumbnailAssetId', 'not a valid asset id'],
  ])('is refused where it is wrong: %j', (input, path, message) => {
    expect(issuesOf(() => parseChange(input))).toEqual([[path, expect.stringContaining(message)]]);
  });
});

describe('what assets are searched by', () => {
  test('is words with one space between them', () => {
    expect(parseSearchText('  red \n\u2003dragon ', AT)).toBe('red dragon');
    expect(parseSearchText('x'.repeat(1_000), AT)).toHaveLength(1_000);
    expect(issuesOf(() => parseSearchText('x'.repeat(1_001), AT))).toEqual([
      ['input.here', 'The text to look for must have at most 1000 characters, but has 1001.'],
    ]);
  });

  test('is tags, each once, in an order that does not depend on theirs', () => {
    expect(parseTags(['b', 'a', 'b'], AT)).toEqual(['a', 'b']);
    expect(
      parseTags(
        Array.from({ length: 50 }, (_, index) => `tag ${index}`),
        AT,
      ),
    ).toHaveLength(50);
    expect(parseTags(['x'.repeat(200)], AT)).toHaveLength(1);
  });

  test.each<[tags: readonly string[], path: string, message: string]>([
    [
      Array.from({ length: 51 }, (_, index) => `tag ${index}`),
      'input.here',
      'At most 50 tags can be looked for, but 51 were given.',
    ],
    [['a', ' '], 'input.here.1', 'A tag must not be blank.'],
    [['x'.repeat(201)], 'input.here.0', 'The tag must have at most 200 characters, but has 201.'],
    [['a\n'], 'input.here.0', 'The tag must be well-formed Unicode without control characters.'],
  ])('is refused where it is wrong: %j', (tags, path, message) => {
    expect(issuesOf(() => parseTags(tags, AT))).toEqual([[path, message]]);
  });
});

describe('what collections are filtered by', () => {
  test('filters nothing where it is absent or null', () => {
    const nothing = {
      words: [],
      isEmpty: null,
      createdAt: { after: null, before: null },
      updatedAt: { after: null, before: null },
    };
    expect(parseCollectionFilter({}, AT)).toEqual(nothing);
    expect(parseCollectionFilter({ name: '🙂'.repeat(200) }, AT).words).toHaveLength(1);
    expect(parseCollectionFilter({ name: null, isEmpty: null, createdAt: null, updatedAt: {} }, AT)).toEqual(
      nothing,
    );
  });

  test('is words without case and accents, and moments', () => {
    const range = { after: '2024-05-01T02:00:00+02:00', before: '2024-05-01T00:00:01Z' };
    const from = Date.UTC(2024, 4, 1);
    expect(
      parseCollectionFilter({ name: ' Forêt  kit', isEmpty: false, createdAt: range, updatedAt: range }, AT),
    ).toEqual({
      words: ['FORET', 'KIT'],
      isEmpty: false,
      createdAt: { after: from, before: from + 1_000 },
      updatedAt: { after: from, before: from + 1_000 },
    });
  });

  test('tells all that is wrong with it', () => {
    const filter = {
      name: '🙂'.repeat(201),
      createdAt: { after: 'x'.repeat(61), before: '2024-05-01T00:00:00Z' },
      updatedAt: { before: 'never' },
    };
    expect(issuesOf(() => parseCollectionFilter(filter, AT))).toEqual([
      ['input.here.name', 'The name to look for must have at most 200 characters, but has 201.'],
      [
        'input.here.createdAt.after',
        `"${'x'.repeat(60)}" is not an RFC 3339 date such as "2026-01-31T12:00:00Z".`,
      ],
      ['input.here.updatedAt.before', '"never" is not an RFC 3339 date such as "2026-01-31T12:00:00Z".'],
    ]);
  });
});

test.each([
  ['forest 1', 'FOREST 1'],
  ['~ ', '~ '],
  ['é\u0301ｆ', 'EF'],
  ['łódź Øre Æon œuvre đ ħ ð', 'LODZ ORE AEON OEUVRE D H D'],
  ['straße', 'STRASSE'],
  ['が', 'が'],
])('%j is compared as %j', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

const NOON = Date.UTC(2024, 4, 1, 12);

test.each([
  ['2024-05-01T12:00:00Z', NOON],
  ['2024-05-01t12:00:07.25z', NOON + 7_250],
  ['2024-05-01T12:00:00.0005Z', NOON + 0.5],
  ['2024-05-01T14:30:00+02:30', NOON],
  ['2024-05-01T09:30:09-02:30', NOON + 9_000],
  ['2024-05-01T11:59:60Z', NOON],
])('%s is its moment', (text, instant) => {
  expect(instantOf(text)).toBe(instant);
});
