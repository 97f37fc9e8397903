import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  type VariableValues,
} from 'graphql';
import type { FieldCost, InputLimits } from '../../schema/planned-calls.ts';
import type { OperationPlan } from '../limits/admission.ts';
import { CallTally, type Place } from './call-tally.ts';
import { collectFields, type SelectionParts } from './compiled/collect-fields.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** A root field with its arguments. */
export interface PlannedField {
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly args: Arguments;
  /** The field, once for each mention in the document. */
  readonly nodes: readonly FieldNode[];
}

/** What it takes to look below the root fields. */
export interface DocumentView {
  readonly parts: SelectionParts;
  readonly variableValues: VariableValues;
}

/**
 * Plans the upstream calls of an operation, on all its levels and through its lists.
 * @param view `null` for a document in which nothing below the root makes calls
 */
export function planOperation(
  fields: readonly PlannedField[],
  isMutation: boolean,
  limits: InputLimits,
  view: DocumentView | null,
): OperationPlan {
  const touchesData = fields.some(({ definition }) => definition.extensions.upstream !== undefined);
  const tally = new CallTally();
  for (const field of fields) {
    // Equal reads of one operation are one call; mutations run each.
    const runsEach = isMutation || fields.length === 1;
    const identity = runsEach ? field.key : identityOf('', field.definition, field.args);
    const place = { path: field.key, identity, times: 1, group: isMutation ? field.key : '' };
    planField(field.definition, field.args, field.nodes, place, { limits, view, tally });
  }
  return { isMutation, touchesData, calls: tally.total, largest: tally.largest };
}

interface Planning {
  readonly limits: InputLimits;
  readonly view: DocumentView | null;
  readonly tally: CallTally;
}

function planField(
  { type, extensions }: GraphQLField<unknown, unknown>,
  args: Arguments,
  nodes: readonly FieldNode[],
  place: Place,
  planning: Planning,
): void {
  const cost = extensions.upstream?.cost(args, planning.limits) ?? {};
  planning.tally.add(cost, place);
  const { view } = planning;
  const named = getNamedType(type);
  if (view === null || nodes.every(({ selectionSet }) => selectionSet === undefined)) return;
  if (isObjectType(named)) planSelection(named, nodes, withRows(place, cost, named), planning);
  else if (isAbstractType(named))
    planAbstract(view.parts.schema.getPossibleTypes(named), nodes, cost, place, planning);
}

// An object is of one type only: where it is not known of which, the dearest counts.
function planAbstract(
  types: readonly GraphQLObjectType[],
  nodes: readonly FieldNode[],
  cost: FieldCost,
  place: Place,
  planning: Planning,
): void {
  if (typeof cost.rows === 'object') {
    for (const type of types) planSelection(type, nodes, withRows(place, cost, type), planning);
    return;
  }
  let dearest = planning.tally;
  for (const type of types) {
    const tally = planning.tally.fork();
    planSelection(type, nodes, withRows(place, cost, type), { ...planning, tally });
    if (tally.total > dearest.total) dearest = tally;
  }
  planning.tally.take(dearest);
}

function planSelection(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  place: Place,
  planning: Planning,
): void {
  const { view } = planning;
  if (view === null || place.times === 0) return;
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  for (const [key, mentions] of collectFields(view.parts, type, selectionSets)) {
    const [node] = mentions;
    const definition = node && type.getFields()[node.name.value];
    if (!node || !definition) continue;
    const args = argumentsOf(definition, node, view.variableValues);
    const isFree = definition.extensions.upstream === undefined;
    const below = {
      ...place,
      path: `${place.path}.${key}`,
      // What only leads to what costs reads nothing by itself.
      identity: isFree ? place.identity : identityOf(place.identity, definition, args),
    };
    planField(definition, args, mentions, below, planning);
  }
}

function withRows(place: Place, { rows = 1 }: FieldCost, { name }: GraphQLObjectType): Place {
  const count = typeof rows === 'number' ? rows : (rows[name] ?? 0);
  return { ...place, times: place.times * count };
}

/** The arguments of a field; none where they are wrong: execution says so before any call. */
export function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variableValues: VariableValues,
): Record<string, unknown> {
  try {
    return getArgumentValues(definition, node, variableValues);
  } catch {
    return {};
  }
}

// What has nothing but an id, as most reads, needs no JSON.
function identityOf(
  above: string,
  { name, args: parameters }: GraphQLField<unknown, unknown>,
  args: Arguments,
): string {
  const { id } = args;
  const isIdAlone = parameters.length === 1 && typeof id === 'string';
  return `${above}/${name} ${isIdAlone ? id : JSON.stringify(args)}`;
}
