import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationTypeNode } from 'graphql';
import type { InputLimits } from '../../schema/planned-calls.ts';
import type { AdmissionRules, OperationPlan } from '../limits/admission.ts';
import type { CompiledDocument } from './compiled/compiled-document.ts';

/** A request for an operation of a valid document. */
export interface OperationRequest {
  readonly document: DocumentNode;
  /** `null` where only graphql-js executes the document exactly. */
  readonly compiled: CompiledDocument | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

/** What every operation is run with. */
export interface RunOptions {
  readonly schema: GraphQLSchema;
  readonly rules: AdmissionRules;
  readonly hideSuggestions: boolean;
}

/** An operation that can be planned and executed, or why it cannot. */
export type PreparedOperation =
  | Pick<Required<ExecutionResult>, 'errors'>
  | {
      readonly errors?: never;
      readonly name: string | null;
      readonly type: OperationTypeNode;
      plan(limits: InputLimits): OperationPlan;
      execute(): ExecutionResult | Promise<ExecutionResult>;
    };
