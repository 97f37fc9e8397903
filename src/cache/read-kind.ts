/** What the caches have to know about the values of one kind of read. */
export interface ReadKind<Value> {
  /** Names the form in which values are stored: another one for any change of what is stored or accepted. */
  readonly shape: string;
  /** Decodes a value that a gateway stored as JSON; `null` for anything else. */
  decodeStored(value: unknown): Value | null;
  /** Whether this path can have given the value: one of another id is not used, whoever mixed them up. */
  isFrom(path: string, value: Value): boolean;
  /** Whether every part of the value could be read: what could not is not shared with others. */
  isWhole(value: Value): boolean;
}
