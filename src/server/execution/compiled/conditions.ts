import { type DocumentNode, Kind, type SelectionNode, type ValueNode, visit } from 'graphql';
import { NotCompilableError } from './collect-fields.ts';

/** What `@skip` and `@include` depend on: the value of each variable that one of them names. */
export type Conditions = ReadonlyMap<string, boolean>;

/** Names the variables that directives depend on. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: args = [] }) => {
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/**
 * Whether the directives of a selection leave it in.
 * @throws NotCompilableError for other directives than `@skip` and `@include`, and for a condition without a value
 */
export function isIncluded({ directives = [] }: SelectionNode, conditions: Conditions): boolean {
  let included = true;
  for (const { name, arguments: args = [] } of directives) {
    const value = args[0]?.value;
    const condition = value?.kind === Kind.VARIABLE ? conditions.get(value.name.value) : literal(value);
    if (condition === undefined) throw new NotCompilableError('a condition without a value');
    if (name.value === 'skip') included &&= !condition;
    else if (name.value === 'include') included &&= condition;
    else throw new NotCompilableError('a directive');
  }
  return included;
}

function literal(value: ValueNode | undefined): boolean | undefined {
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}
