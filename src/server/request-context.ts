import { GraphQLError } from 'graphql';
import { type Account, RequestSources } from '../scenario/sources.ts';
import type { GraphQLContext, Viewer } from '../schema/context.ts';
import type { AccountName } from '../shared/brands.ts';
import type { GatewayError } from '../shared/gateway-error.ts';
import type { AnswerCache } from './answers/answer-cache.ts';
import { toViewer } from './auth/to-viewer.ts';
import type { Operation } from './request/operation.ts';

/** The upstream account that a caller works with. */
export interface CallerAccount extends Account {
  readonly name: AccountName;
  /** Keeps whole answers; `null` when nothing is kept. */
  readonly answers: AnswerCache | null;
}

/** What the resolvers of one request work with. */
export class RequestContext extends RequestSources implements GraphQLContext {
  readonly maxBulkIds: number;
  readonly #accountName: AccountName;
  readonly #operation: Operation;

  constructor(account: CallerAccount, operation: Operation, maxBulkIds: number) {
    super(account, operation.scope, operation.caller.identity ?? '');
    this.maxBulkIds = maxBulkIds;
    this.#accountName = account.name;
    this.#operation = operation;
  }

  viewer(): Viewer {
    this.#operation.isPersonal = true;
    return toViewer(this.#operation.caller, this.#accountName);
  }

  reportPartial(error: GatewayError, path: ReadonlyArray<string | number>): void {
    this.#operation.partialErrors.push(new GraphQLError(error.message, { path, originalError: error }));
  }
}
