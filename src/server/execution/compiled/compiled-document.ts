import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  type VariableValues,
} from 'graphql';
import type { GraphQLContext } from '../../../schema/context.ts';
import { bindOperation, costsOf } from './bind-operation.ts';
import { type CompiledOperation, compileOperation, onlyOperation } from './compile-operation.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import type { PlannedField } from './planned-field.ts';
import { runFields } from './run-fields.ts';

// As many as graphql-js reports.
const MAX_COERCION_ERRORS = 50;
// A document that is sent only once or twice is not worth a function.
const CODEGEN_THRESHOLD = 100;
// Each further condition doubles the variants of a document.
const MAX_CONDITIONS = 4;

/** A compiled operation with its variables: ready to be planned and run. */
export interface CompiledRun {
  readonly costs: readonly PlannedField[];
  execute(context: GraphQLContext): Promise<ExecutionResult>;
}

/** What the variables of a request come to. */
export type Binding =
  | { readonly errors: readonly GraphQLError[]; readonly run?: never }
  /** `null` where only graphql-js executes the document exactly with these variables. */
  | { readonly errors: null; readonly run: CompiledRun | null };

/**
 * A valid document with one operation, compiled once for each combination of the variables that `@skip` and `@include`
 * name.
 */
export class CompiledDocument {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly #conditions: readonly string[];
  readonly #codegenThreshold: number;
  readonly #variants = new Map<string, CompiledOperation | null>();

  private constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    definition: OperationDefinitionNode,
    conditions: readonly string[],
    codegenThreshold: number,
  ) {
    this.#schema = schema;
    this.#document = document;
    this.definition = definition;
    this.#conditions = conditions;
    this.#codegenThreshold = codegenThreshold;
  }

  /**
   * @param codegenThreshold how many objects of a selection are made field by field before a function is generated
   * @returns `null` where only graphql-js executes the document exactly, whatever its variables
   */
  static from(
    schema: GraphQLSchema,
    document: DocumentNode,
    codegenThreshold = CODEGEN_THRESHOLD,
  ): CompiledDocument | null {
    const definition = onlyOperation(document);
    const conditions = conditionsOf(document);
    if (definition === null || conditions.length > MAX_CONDITIONS) return null;
    const compiled = new CompiledDocument(schema, document, definition, conditions, codegenThreshold);
    return conditions.length === 0 && compiled.#variantFor({}) === null ? null : compiled;
  }

  /** Coerces the variables and gives the fields their arguments. */
  bind(variables: Readonly<Record<string, unknown>>, hideSuggestions: boolean): Binding {
    const coerced = getVariableValues(this.#schema, this.definition.variableDefinitions ?? [], variables, {
      maxErrors: MAX_COERCION_ERRORS,
      hideSuggestions,
    });
    if (coerced.errors) return { errors: coerced.errors };
    const { variableValues } = coerced;
    const operation = this.#variantFor(variableValues.coerced);
    if (!operation) return { errors: null, run: null };
    const bound = bindOperation(operation, variableValues, hideSuggestions);
    return { errors: null, run: { costs: costsOf(bound), execute: (context) => runFields(bound, context) } };
  }

  #variantFor(coerced: VariableValues['coerced']): CompiledOperation | null {
    let key = '';
    for (const name of this.#conditions) key += `${String(coerced[name])} `;
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    const values = this.#conditions.map((name) => [name, coerced[name]] as const);
    const conditions: Conditions = new Map(values.filter(isSet));
    const compiled = compileOperation(this.#schema, this.#document, conditions, this.#codegenThreshold);
    this.#variants.set(key, compiled);
    return compiled;
  }
}

function isSet(entry: readonly [string, unknown]): entry is readonly [string, boolean] {
  return typeof entry[1] === 'boolean';
}
