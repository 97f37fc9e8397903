import type { Sources } from '../scenario/sources.ts';
import type { GatewayError } from '../shared/gateway-error.ts';

/** What resolvers work with; made anew for each request. */
export interface GraphQLContext extends Sources {
  /** Largest list of ids in one mutation. */
  readonly maxBulkIds: number;
  /** Adds an entry to `errors` for a field that still has data to give. */
  reportPartial(error: GatewayError, path: ReadonlyArray<string | number>): void;
}
