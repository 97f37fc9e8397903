import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { isRecord } from '../../../shared/is-record.ts';
import { collectFields, type DocumentParts, NotCompilableError } from './collect-fields.ts';
import { compileArguments } from './compile-arguments.ts';
import { compileLeaf, isAbsent } from './compile-leaf.ts';
import { compileResolve } from './compile-resolve.ts';
import { type CompiledField, type CostlySelection, costlyAmong } from './compiled-field.ts';
import { compileMake } from './make-object.ts';
import { type Complete, recordError } from './run.ts';

/** How values of a type are completed. */
export interface Completion {
  readonly complete: Complete;
  /** What makes calls below them. */
  readonly below: readonly CostlySelection[];
}

const NOTHING_BELOW: readonly CostlySelection[] = [];

/** Compiles how values of a field's type are completed. @param nodes the field, once for each mention in the document */
export function compileCompletion(
  parts: DocumentParts,
  type: GraphQLOutputType,
  place: string,
  nodes: readonly FieldNode[],
): Completion {
  const required = <Value>(completed: Value | null): Value => {
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${place}.`);
    return completed;
  };
  if (isNonNullType(type)) {
    if (isLeafType(type.ofType))
      return { complete: compileLeaf(type.ofType, required), below: NOTHING_BELOW };
    const { complete, below } = compileCompletion(parts, type.ofType, place, nodes);
    return { complete: (value, run, depth) => required(complete(value, run, depth)), below };
  }
  if (isListType(type)) return compileList(parts, type.ofType, place, nodes);
  if (isLeafType(type))
    return { complete: compileLeaf(type, (completed) => completed), below: NOTHING_BELOW };
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isObjectType(type)) return compileObject(parts, type, selectionSets);
  return compileAbstract(parts, type, selectionSets);
}

function compileList(
  parts: DocumentParts,
  itemType: GraphQLOutputType,
  place: string,
  nodes: readonly FieldNode[],
): Completion {
  const { complete, below } = compileCompletion(parts, itemType, place, nodes);
  const isNullable = !isNonNullType(itemType);
  const completeList: Complete = (value, run, depth) => {
    if (isAbsent(value)) return null;
    if (!isIterable(value))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${place}".`);
    const items: unknown[] = [];
    for (const item of value) {
      const mark = run.waiting.length;
      run.path[depth] = items.length;
      try {
        items.push(complete(item, run, depth + 1));
      } catch (error) {
        run.pending.dropSince(run.waiting, mark);
        items.push(recordError(error, nodes, isNullable, run, depth));
      }
    }
    return items;
  };
  return { complete: completeList, below };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return isRecord(value) && typeof value[Symbol.iterator] === 'function';
}

function compileObject(
  parts: DocumentParts,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): Completion {
  const fields = compileFields(parts, type, selectionSets);
  const below = costlyAmong(type, fields);
  const make = compileMake(fields, below.length > 0, parts.codegenThreshold);
  const complete: Complete = (value, run, depth) => {
    if (isAbsent(value)) return null;
    if (type.isTypeOf && !type.isTypeOf(value, run.context, run.info)) {
      throw new Error(`Expected a value of type "${type.name}".`);
    }
    return make(value, run, depth);
  };
  return { complete, below };
}

function compileAbstract(
  parts: DocumentParts,
  type: GraphQLAbstractType,
  selectionSets: readonly SelectionSetNode[],
): Completion {
  const byName = new Map<unknown, Completion>(
    parts.schema
      .getPossibleTypes(type)
      .map((possible) => [possible.name, compileObject(parts, possible, selectionSets)]),
  );
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const complete: Complete = (value, run, depth) => {
    if (isAbsent(value)) return null;
    const possible = byName.get(resolveType(value, run.context, run.info, type));
    if (!possible) throw new Error(`A value of "${type.name}" is of none of its types.`);
    return possible.complete(value, run, depth);
  };
  return { complete, below: [...byName.values()].flatMap(({ below }) => below) };
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
    const waits = definition.extensions.upstream?.waits === true;
    const isNullable = !isNonNullType(definition.type);
    // Its failure would reach what may have been answered long before.
    if (waits && !isNullable) throw new NotCompilableError(`${type.name}.${name} waits and may not be null`);
    const args = compileArguments(definition, nodes, parts.varying);
    const { complete, below } = compileCompletion(parts, definition.type, `${type.name}.${name}`, nodes);
    return {
      key,
      definition,
      parentType: type,
      nodes,
      args,
      isNullable,
      waits,
      isLeaf: isLeafType(getNullableType(definition.type)),
      resolve: compileResolve(definition, type, args, waits),
      resolver: name === '__typename' ? null : (definition.resolve ?? null),
      complete,
      below,
    };
  });
}
