import type { CollectionsSource } from '../scenario/collections/collections-source.ts';
import type { GatewayError } from '../shared/gateway-error.ts';

/** What resolvers work with; made anew for each request. */
export interface GraphQLContext {
  readonly collections: CollectionsSource;
  /** Largest list of ids in one mutation. */
  readonly maxBulkIds: number;
  /** Adds an entry to `errors` for a field that still has data to give. */
  reportPartial(error: GatewayError, path: ReadonlyArray<string | number>): void;
}
