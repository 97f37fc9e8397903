import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../scripts/graphiql-tabs/', import.meta.url);
const names = readdirSync(FOLDER).sort();
const tabs = names.filter((name) => name.endsWith('.graphql')).map(readTab);
const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

interface Tab {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

function readTab(name: string): Tab {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  const variablesName = name.replace('.graphql', '.json');
  const variables = names.includes(variablesName)
    ? JSON.parse(readFileSync(new URL(variablesName, FOLDER), 'utf8'))
    : {};
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error(`${name} must hold exactly one operation`);
  return { name, text, variables, document, operation };
}

describe('sample operations of GraphiQL', () => {
  it('cover every root field but lookups by id', () => {
    const selected = tabs.flatMap(({ operation }) => operation.selectionSet.selections);
    const fields = new Set(selected.map((field) => (field.kind === 'Field' ? field.name.value : '')));
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect([...fields].sort()).toEqual(
      ['collection', 'assets', 'collections', 'viewer', ...mutations].sort(),
    );
  });

  it('start with one that needs no variables, because GraphiQL drops those of its first tab', () => {
    expect(names[0]).toBe(tabs[0]?.name);
    expect(names[1]).toBe(tabs[1]?.name);
    expect(tabs[0]?.operation.variableDefinitions ?? []).toEqual([]);
  });

  it('have different names, which are the titles of the tabs', () => {
    const titles = tabs.map(({ operation }) => operation.name?.value);
    expect(new Set(titles).size).toBe(tabs.length);
    expect(titles).not.toContain(undefined);
  });

  it.each(tabs)('$name is valid, and so are its variables', ({ document, operation, variables }) => {
    expect(validate(schema, document)).toEqual([]);
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    expect(coerced.errors).toBeUndefined();
    const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    expect(Object.keys(variables)).toEqual(declared);
  });

  it.each(tabs)('$name opens with one line on what it shows, short enough for the editor', ({ text }) => {
    const [comment = '', next = ''] = text.split('\n');
    expect(comment).toMatch(/^# .{1,58}$/);
    expect(next).toMatch(/^(query|mutation) [A-Z]\w+/);
  });

  it.each(tabs.filter(({ operation }) => operation.operation === 'mutation'))(
    '$name tells what came back, and shows errors',
    ({ text }) => {
      expect(text).toContain('__typename');
      expect(text).toMatch(/\.\.\. on \w+Payload \{/);
      expect(text).toMatch(/\.\.\. on Error \{\s+message\s+code\s+\}/);
    },
  );
});
