/** An item of an upstream list. */
export interface Row {
  readonly id: string;
}

/** One page of an upstream list. */
export interface Page<Item extends Row> {
  readonly rows: readonly Item[];
  /** Fetches the next page; `null` when the upstream gave none. */
  readonly nextToken: string | null;
}

/** What a bulk read brought, in no order. What it was asked for and has in neither list does not exist. */
export interface Bulk<Item extends Row> {
  readonly rows: readonly Item[];
  /** Ids of those that are there but not as the reference promises, or that may be. */
  readonly malformedIds: readonly string[];
}

/** The answer to a bulk read, whoever was asked for. */
export interface BulkAnswer<Item extends Row> extends Bulk<Item> {
  /** Whether the id of every record can be read. Otherwise any that was asked for and is not here may be one of them. */
  readonly isComplete: boolean;
}
