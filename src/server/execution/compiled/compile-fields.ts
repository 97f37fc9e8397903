import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  locatedError,
  type SelectionSetNode,
} from 'graphql';
import { isRecord } from '../../../shared/is-record.ts';
import { collectFields, type DocumentParts, NotCompilableError } from './collect-fields.ts';
import { compileArguments } from './compile-arguments.ts';
import { compileLeaf, isAbsent } from './compile-leaf.ts';
import { generateObjectMaker, type MakeObject, type ObjectField } from './generate-object-maker.ts';
import type { Complete, Run } from './run.ts';

/** A field below the root. */
interface CompiledField extends ObjectField {
  readonly nodes: readonly FieldNode[];
  readonly isNullable: boolean;
}

/** Compiles how values of a field's type are completed. @param nodes the field, once for each mention in the document */
export function compileComplete(
  parts: DocumentParts,
  type: GraphQLOutputType,
  place: string,
  nodes: readonly FieldNode[],
): Complete {
  const required = <Value>(completed: Value | null): Value => {
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${place}.`);
    return completed;
  };
  if (isNonNullType(type)) {
    if (isLeafType(type.ofType)) return compileLeaf(type.ofType, required);
    const complete = compileComplete(parts, type.ofType, place, nodes);
    return (value, run, depth) => required(complete(value, run, depth));
  }
  if (isListType(type)) return compileList(parts, type.ofType, place, nodes);
  if (isLeafType(type)) return compileLeaf(type, (completed) => completed);
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isObjectType(type)) return compileObject(parts, type, selectionSets);
  if (isAbstractType(type)) return compileAbstract(parts, type, selectionSets);
  throw new NotCompilableError('an unknown type');
}

function compileList(
  parts: DocumentParts,
  itemType: GraphQLOutputType,
  place: string,
  nodes: readonly FieldNode[],
): Complete {
  const complete = compileComplete(parts, itemType, place, nodes);
  const isNullable = !isNonNullType(itemType);
  return (value, run, depth) => {
    if (isAbsent(value)) return null;
    if (!isIterable(value))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${place}".`);
    const items: unknown[] = [];
    for (const item of value) {
      run.path[depth] = items.length;
      try {
        items.push(complete(item, run, depth + 1));
      } catch (error) {
        items.push(recordError(error, nodes, isNullable, run, depth));
      }
    }
    return items;
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return isRecord(value) && typeof value[Symbol.iterator] === 'function';
}

function compileObject(
  parts: DocumentParts,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): Complete {
  const fields = compileFields(parts, type, selectionSets);
  const make = compileMake(fields, parts.codegenThreshold);
  return (value, run, depth) => {
    if (isAbsent(value)) return null;
    if (type.isTypeOf && !type.isTypeOf(value, run.context, run.info)) {
      throw new Error(`Expected a value of type "${type.name}".`);
    }
    return make(value, run, depth);
  };
}

// Fields only look at what is there: one that has failed can be asked again, for its error to be told.
function compileMake(fields: readonly CompiledField[], codegenThreshold: number): MakeObject {
  let made = 0;
  let makeAtOnce: MakeObject | null = null;
  return (value, run, depth) => {
    if (makeAtOnce === null && made < codegenThreshold) {
      made += 1;
      return makeByField(fields, value, run, depth);
    }
    makeAtOnce ??= generateObjectMaker(fields);
    const errorsBefore = run.errors.length;
    try {
      return makeAtOnce(value, run, depth);
    } catch {
      run.errors.length = errorsBefore;
      return makeByField(fields, value, run, depth);
    }
  };
}

function makeByField(
  fields: readonly CompiledField[],
  value: unknown,
  run: Run,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const field of fields) {
    run.path[depth] = field.key;
    try {
      object[field.key] = field.complete(field.resolve(value, run), run, depth + 1);
    } catch (error) {
      run.path[depth] = field.key;
      object[field.key] = recordError(error, field.nodes, field.isNullable, run, depth);
    }
  }
  return object;
}

function compileAbstract(
  parts: DocumentParts,
  type: GraphQLAbstractType,
  selectionSets: readonly SelectionSetNode[],
): Complete {
  const byName = new Map<unknown, Complete>(
    parts.schema
      .getPossibleTypes(type)
      .map((possible) => [possible.name, compileObject(parts, possible, selectionSets)]),
  );
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return (value, run, depth) => {
    if (isAbsent(value)) return null;
    const complete = byName.get(resolveType(value, run.context, run.info, type));
    if (!complete) throw new Error(`A value of "${type.name}" is of none of its types.`);
    return complete(value, run, depth);
  };
}

function compileFields(
  parts: DocumentParts,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): readonly CompiledField[] {
  return [...collectFields(parts, type, selectionSets)].map(([key, nodes]) => {
    const name = nodes[0]?.name.value ?? '';
    const definition = parts.schema.getField(type, name);
    // A key of this name would set the prototype instead.
    if (!definition || key === '__proto__') throw new NotCompilableError(key);
    const args = compileArguments(definition, nodes, type);
    return {
      key,
      nodes,
      args,
      isNullable: !isNonNullType(definition.type),
      isLeaf: isLeafType(getNullableType(definition.type)),
      resolve: compileResolve(definition, type, args),
      resolver: name === '__typename' ? null : (definition.resolve ?? null),
      complete: compileComplete(parts, definition.type, `${type.name}.${name}`, nodes),
    };
  });
}

function compileResolve(
  { name, resolve }: GraphQLField<unknown, unknown>,
  type: GraphQLObjectType,
  args: Readonly<Record<string, unknown>>,
): CompiledField['resolve'] {
  if (name === '__typename') return () => type.name;
  if (resolve) return (source, run) => settled(resolve(source, args, run.context, run.info));
  return (source, run) => {
    const value = hasFields(source) ? source[name] : undefined;
    return typeof value === 'function' ? value.call(source, args, run.context, run.info) : value;
  };
}

function hasFields(value: unknown): value is Record<string, unknown> {
  return isRecord(value) || typeof value === 'function';
}

// Whatever needs waiting for is done by a root field; below it everything is at hand.
function settled(value: unknown): unknown {
  if (isRecord(value) && typeof value['then'] === 'function')
    throw new Error('a field below the root makes wait');
  return value;
}

/** Records an error of a field that may be null. @throws the error, with its place, for one that may not */
export function recordError(
  error: unknown,
  nodes: readonly FieldNode[],
  isNullable: boolean,
  run: Run,
  depth: number,
): null {
  const located = locatedError(error, nodes, run.path.slice(0, depth + 1));
  if (!isNullable) throw located;
  run.errors.push(located);
  return null;
}
