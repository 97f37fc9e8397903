import { type ExecutionResult, getVariableValues } from 'graphql';
import type { GraphQLContext } from '../../schema/context.ts';
import type { AdmissionRules } from '../limits/admission.ts';
import { planFields } from '../limits/operation-plan.ts';
import type { Operation } from '../request/operation.ts';
import { bindFields, type CompiledOperation, runFields } from './compiled/compile-operation.ts';
import { runAdmitted } from './run-operation.ts';

// As many as graphql-js reports.
const MAX_COERCION_ERRORS = 50;

/** What an operation is run with. */
export interface RunOptions {
  readonly rules: AdmissionRules;
  readonly hideSuggestions: boolean;
}

/** Executes a compiled operation for a caller, to the same result as `runOperation` comes to with graphql-js. */
export function runCompiled(
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  context: GraphQLContext,
  operation: Operation,
  { rules, hideSuggestions }: RunOptions,
): ExecutionResult | Promise<ExecutionResult> {
  const { definition, infoBase, isMutation } = compiled;
  const coerced = getVariableValues(infoBase.schema, definition.variableDefinitions ?? [], variables, {
    maxErrors: MAX_COERCION_ERRORS,
    hideSuggestions,
  });
  if (coerced.errors) return { errors: coerced.errors };
  operation.name = definition.name?.value ?? null;
  operation.type = definition.operation;
  const fields = bindFields(compiled, coerced.variableValues, hideSuggestions);
  const planned = fields.map(({ field, args }) => ({ definition: field.definition, args }));
  const plan = planFields(planned, isMutation, rules.inputLimits);
  return runAdmitted(plan, operation, rules, () =>
    runFields(compiled, fields, coerced.variableValues, context),
  );
}
