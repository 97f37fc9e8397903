import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';

/** What a document brings to every selection in it. */
export interface DocumentParts {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** How many objects of a selection are made field by field before a function is written for it. */
  readonly codegenThreshold: number;
}

/** A document that only graphql-js executes exactly. */
export class NotCompilableError extends Error {
  override readonly name = 'NotCompilableError';
}

/**
 * Groups the fields that a value of this type answers with by their response key, fragments spread out.
 * @throws NotCompilableError for directives: whether they include a field is known only at run time
 */
export function collectFields(
  parts: DocumentParts,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const selectionSet of selectionSets) collect(parts, type, selectionSet, fields, visited);
  return fields;
}

function collect(
  parts: DocumentParts,
  type: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  fields: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const selection of selectionSet.selections) {
    if (selection.directives?.length) throw new NotCompilableError('a directive');
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const group = fields.get(key);
      if (group) group.push(selection);
      else fields.set(key, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (applies(parts.schema, selection.typeCondition, type)) {
        collect(parts, type, selection.selectionSet, fields, visited);
      }
    } else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value);
      const fragment = parts.fragments.get(selection.name.value);
      if (!fragment || !applies(parts.schema, fragment.typeCondition, type)) continue;
      collect(parts, type, fragment.selectionSet, fields, visited);
    }
  }
}

function applies(schema: GraphQLSchema, condition: TypeNode | undefined, type: GraphQLObjectType): boolean {
  if (condition?.kind !== Kind.NAMED_TYPE) return condition === undefined;
  const wanted = schema.getType(condition.name.value);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}
