import { type GraphQLField, type GraphQLObjectType, getNamedType, isAbstractType } from 'graphql';
import type { FieldCost, InputLimits } from '../../schema/planned-calls.ts';
import type { OperationPlan } from '../limits/admission.ts';
import { CallTally, type Place } from './call-tally.ts';
import type { PlannedField, PlannedSelection } from './compiled/planned-field.ts';

interface Planning {
  readonly limits: InputLimits;
  readonly tally: CallTally;
  readonly effects: Effects;
}

/** What has been found to read and to write so far, whatever the types that values turn out to have. */
interface Effects {
  reads: string | null;
  writes: string | null;
}

/** Plans the upstream calls of an operation, on all its levels and through its lists. */
export function planOperation(
  fields: readonly PlannedField[],
  isMutation: boolean,
  limits: InputLimits,
): OperationPlan {
  const tally = new CallTally();
  const effects: Effects = { reads: null, writes: null };
  for (const field of fields) {
    // Equal reads of one operation are one call; mutations run each.
    const runsEach = isMutation || fields.length === 1;
    const identity = runsEach ? field.key : identityOf('', field.definition, field.args);
    const place = { path: field.key, identity, times: 1, group: isMutation ? field.key : '' };
    noteEffect(field, isMutation ? 'writes' : 'reads', field.key, effects);
    planField(field, place, { limits, tally, effects });
  }
  return { ...effects, calls: tally.total, largest: tally.largest };
}

function noteEffect(
  { definition }: PlannedField,
  effect: keyof Effects,
  path: string,
  effects: Effects,
): void {
  if (definition.extensions.upstream !== undefined) effects[effect] ??= path;
}

function planField(field: PlannedField, place: Place, planning: Planning): void {
  const { type, extensions } = field.definition;
  const cost = extensions.upstream?.cost(field.args, planning.limits) ?? {};
  planning.tally.add(cost, place);
  const selections = field.below();
  // An object is of one type only: where it is not known of which, the dearest counts.
  if (isAbstractType(getNamedType(type)) && typeof cost.rows !== 'object')
    planDearest(selections, cost, place, planning);
  else
    for (const selection of selections)
      planSelection(selection, withRows(place, cost, selection.type), planning);
}

function planDearest(
  selections: readonly PlannedSelection[],
  cost: FieldCost,
  place: Place,
  planning: Planning,
): void {
  let dearest = planning.tally;
  for (const selection of selections) {
    const tally = planning.tally.fork();
    planSelection(selection, withRows(place, cost, selection.type), { ...planning, tally });
    if (tally.total > dearest.total) dearest = tally;
  }
  planning.tally.take(dearest);
}

function planSelection({ fields }: PlannedSelection, place: Place, planning: Planning): void {
  if (place.times === 0) return;
  for (const field of fields) {
    const { key, definition, args } = field;
    const isFree = definition.extensions.upstream === undefined;
    const below = {
      ...place,
      path: `${place.path}.${key}`,
      // What only leads to what costs reads nothing by itself.
      identity: isFree ? place.identity : identityOf(place.identity, definition, args),
    };
    // What a mutation answers with is the write's own, but what is read for it afterwards is a read.
    noteEffect(field, 'reads', below.path, planning.effects);
    planField(field, below, planning);
  }
}

function withRows(place: Place, { rows = 1 }: FieldCost, { name }: GraphQLObjectType): Place {
  const count = typeof rows === 'number' ? rows : (rows[name] ?? 0);
  return { ...place, times: place.times * count };
}

// What has nothing but an id, as most reads, needs no JSON.
function identityOf(
  above: string,
  { name, args: parameters }: GraphQLField<unknown, unknown>,
  args: PlannedField['args'],
): string {
  const { id } = args;
  const isIdAlone = parameters.length === 1 && typeof id === 'string';
  return `${above}/${name} ${isIdAlone ? id : JSON.stringify(args)}`;
}
