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
