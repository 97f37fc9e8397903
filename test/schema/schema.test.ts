import { readFileSync } from 'node:fs';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildSchema } from '../../src/schema/schema.ts';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { contract } from './schema-contract.ts';

const schema = buildSchema();
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

test('schema.graphql is what the code says', () => {
  expect(readFileSync('schema.graphql', 'utf8')).toBe(`${printSchema(schema)}\n`);
});

describe('the schema holds what clients rely on', () => {
  test.each(Object.entries(contract))('%s', (name, shape) => {
    const type = schema.getType(name);
    expect(type && describeType(type)).toEqual(shape);
  });

  test('and nothing else', () => {
    const own = types.filter((type) => !isSpecifiedScalarType(type));
    expect(own.map(({ name }) => name).sort()).toEqual(Object.keys(contract).sort());
  });
});

test('every type, field, argument, input field and enum value has a description', () => {
  const undescribed = types.flatMap((type) => {
    const values = isEnumType(type) ? type.getValues() : [];
    const places = [...fieldsOf(type), ...fieldsOf(type).flatMap(argumentsOf), ...values];
    return [type, ...places]
      .filter(({ description }) => !description?.trim())
      .map((place) => `${type.name}: ${place.name}`);
  });
  expect(undescribed).toEqual([]);
});

test('own scalars say where they are specified', () => {
  const own = types.filter(isScalarType).filter(({ name }) => name === 'DateTime' || name === 'URL');
  expect(own.map(({ specifiedByURL }) => specifiedByURL)).toEqual([
    expect.stringMatching(/^https:/),
    expect.stringMatching(/^https:/),
  ]);
});

describe('there is one copy of graphql', () => {
  test('so that its own errors are told, not masked', async () => {
    const { query } = await openFrontDoor(everyCollection);
    const unknownField = await query('{ nothing }');
    expect(unknownField.body.errors).toMatchObject([
      { message: expect.stringContaining('nothing'), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    const broken = await query('{ collections');
    expect(broken.body.errors).toMatchObject([
      { message: expect.stringContaining('Syntax Error'), extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ]);
  });

  test('and a schema that was built by one is known by another', () => {
    expect(isObjectType(schema.getQueryType())).toBe(true);
  });
});

function fieldsOf(type: GraphQLNamedType) {
  if (isObjectType(type) || isInterfaceType(type)) return Object.values(type.getFields());
  return isInputObjectType(type) ? Object.values(type.getFields()) : [];
}

/** A type in few words: its fields with their types and arguments, its members or its values. */
function describeType(type: GraphQLNamedType): unknown {
  if (isUnionType(type))
    return type
      .getTypes()
      .map(({ name }) => name)
      .sort();
  if (isEnumType(type))
    return type
      .getValues()
      .map(({ name }) => name)
      .sort();
  if (isScalarType(type)) return 'scalar';
  const kind = isObjectType(type) ? type.getInterfaces().map(({ name }) => `implements ${name}`) : [];
  const fields = Object.fromEntries(fieldsOf(type).map((field) => [field.name, signature(field)]));
  return { ...fields, ...(kind.length > 0 && { is: kind.join() }) };
}

function argumentsOf(field: ReturnType<typeof fieldsOf>[number]) {
  return 'args' in field ? field.args : [];
}

function signature(field: ReturnType<typeof fieldsOf>[number]): string {
  const args = argumentsOf(field).map((arg) => `${arg.name}: ${String(arg.type)}${defaultOf(arg)}`);
  const list = args.length > 0 ? `(${args.sort().join(', ')}): ` : '';
  return `${list}${String(field.type)}${defaultOf(field)}`;
}

function defaultOf(place: object): string {
  const text = printedDefault(place);
  return text === null ? '' : ` = ${text}`;
}

function printedDefault(place: object): string | null {
  const value: unknown = Reflect.get(place, 'defaultValue') ?? Reflect.get(place, 'default');
  if (value === undefined || value === null) return null;
  return JSON.stringify(typeof value === 'object' && 'value' in value ? value.value : value);
}
