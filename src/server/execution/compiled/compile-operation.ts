import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, type DocumentParts, NotCompilableError } from './collect-fields.ts';
import type { VaryingField } from './compile-arguments.ts';
import { type Completion, compileCompletion } from './compile-fields.ts';
import { type Conditions, isIncluded } from './conditions.ts';

/** A root field, ready to be run with any variables. */
export interface CompiledRootField extends Completion {
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly isNullable: boolean;
}

/** An operation that runs without looking at its document again. */
export interface CompiledOperation {
  readonly definition: OperationDefinitionNode;
  readonly fields: readonly CompiledRootField[];
  /** Fields below the root whose arguments hang on variables. */
  readonly varying: readonly VaryingField[];
  readonly infoBase: InfoBase;
}

export type InfoBase = Pick<
  GraphQLResolveInfo,
  'schema' | 'fragments' | 'operation' | 'rootValue' | 'parentType'
>;

/** The operation of a document that has exactly one; `null` otherwise, and where it has directives of its own. */
export function onlyOperation({ definitions }: DocumentNode): OperationDefinitionNode | null {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [definition] = operations;
  return definition && operations.length === 1 && !definition.directives?.length ? definition : null;
}

/**
 * Compiles the only operation of a valid document.
 * @param conditions values of the variables that `@skip` and `@include` name
 * @returns `null` where only graphql-js executes it exactly: introspection, and root fields side by side that may not be null
 * @param codegenThreshold how many objects of a selection are made field by field before a function is generated
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  conditions: Conditions,
  codegenThreshold: number,
): CompiledOperation | null {
  const definition = onlyOperation(document);
  const type = definition && schema.getRootType(definition.operation);
  if (!definition || !type) return null;
  const nodes = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(nodes.map((fragment) => [fragment.name.value, fragment]));
  const parts: DocumentParts = {
    schema,
    fragments,
    codegenThreshold,
    varying: [],
    isIncluded: (selection) => isIncluded(selection, conditions),
  };
  try {
    return {
      definition,
      fields: compileRootFields(parts, type, definition),
      varying: parts.varying,
      infoBase: {
        schema,
        fragments: Object.fromEntries(fragments),
        operation: definition,
        rootValue: undefined,
        parentType: type,
      },
    };
  } catch (error) {
    if (error instanceof NotCompilableError) return null;
    throw error;
  }
}

function compileRootFields(
  parts: DocumentParts,
  type: GraphQLObjectType,
  operation: OperationDefinitionNode,
): readonly CompiledRootField[] {
  const fields = [...collectFields(parts, type, [operation.selectionSet])];
  return fields.map(([key, nodes]) => {
    const name = nodes[0]?.name.value ?? '';
    const definition = type.getFields()[name];
    if (!definition?.resolve || key === '__proto__') throw new NotCompilableError(key);
    const isNullable = !isNonNullType(definition.type);
    // Fields side by side that may not be null cancel one another in ways that depend on time.
    if (!isNullable && fields.length > 1) throw new NotCompilableError(key);
    const { complete, below } = compileCompletion(parts, definition.type, `${type.name}.${name}`, nodes);
    return { key, definition, nodes, isNullable, complete, below };
  });
}
