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

/** What a bulk read brought, in no order. What it was asked for and does not hold does not exist. */
export interface Bulk<Item extends Row> {
  readonly rows: readonly Item[];
  /** Ids of those that are there, but not as the reference promises. */
  readonly malformedIds: readonly string[];
}
