import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { VaryingField } from './compile-arguments.ts';

/** What it takes to look at the selections of a document. */
export interface SelectionParts {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Whether the directives of a selection leave it in. */
  isIncluded(selection: SelectionNode): boolean;
}

/** What it takes to compile the selections of a document. */
export interface DocumentParts extends SelectionParts {
  /** How many objects of a selection are made field by field before a function is generated for it. */
  readonly codegenThreshold: number;
  /** Takes up the fields below the root whose arguments hang on variables. */
  readonly varying: VaryingField[];
}

/** A document that only graphql-js executes exactly. */
export class NotCompilableError extends Error {
  override readonly name = 'NotCompilableError';
}

/** Groups the fields that a value of this type answers with by their response key, fragments spread out. */
export function collectFields(
  parts: SelectionParts,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const selectionSet of selectionSets) collect(parts, type, selectionSet, fields, visited);
  return fields;
}

function collect(
  parts: SelectionParts,
  type: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  fields: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const selection of selectionSet.selections) {
    if (!parts.isIncluded(selection)) continue;
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

function applies(
  schema: GraphQLSchema,
  condition: NamedTypeNode | undefined,
  type: GraphQLObjectType,
): boolean {
  if (!condition) return true;
  const wanted = schema.getType(condition.name.value);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}
