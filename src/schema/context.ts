import type { Sources } from '../scenario/sources.ts';
import type { GatewayError } from '../shared/gateway-error.ts';

/** Who calls, as they are shown to themselves. */
export interface Viewer {
  readonly name: string;
  readonly account: string;
  readonly canRead: boolean;
  readonly canWrite: boolean;
}

/** What resolvers work with; made anew for each request. */
export interface GraphQLContext extends Sources {
  /** Tells who calls. An answer that speaks of that is kept for nobody else. */
  viewer(): Viewer;
  /** Largest list of ids in one mutation. */
  readonly maxBulkIds: number;
  /** Adds an entry to `errors` for a field that still has data to give. */
  reportPartial(error: GatewayError, path: ReadonlyArray<string | number>): void;
}
