/** Whose turn comes first: the class of the operation that a call belongs to. */
export type Priority = 'write' | 'read' | 'background';

/** The parts of a quota. Writes may use both. */
export type QuotaPart = 'reads' | 'writes';

/** A call that asks to be sent. */
export interface PacedCall {
  /** Of this call alone. */
  readonly id: string;
  /** Who makes it: what a caller was told holds for any of its calls. */
  readonly caller: string;
  /** The same for a call that is made again. */
  readonly key: string;
  readonly priority: Priority;
  /** How long it can wait and still be answered in time. */
  readonly patienceMs: number;
  /** When it will be over at the latest, from its start on. */
  readonly maxDurationMs: number;
}

/** What a call is told. */
export type Turn =
  | {
      readonly kind: 'started';
      /** The part of the quota that it uses. */
      readonly part: QuotaPart;
      /** Called when the call has ended. @param wasSent whether the upstream may have counted it */
      end(wasSent: boolean): void;
    }
  /** It asks again then. */
  | { readonly kind: 'waits'; readonly waitMs: number }
  /** It cannot wait so long; who comes back then is served. */
  | { readonly kind: 'refused'; readonly retryAfterMs: number };

/** How many calls may start now. */
export interface CallsLeft {
  readonly read: number;
  readonly write: number;
}

/** Calls since the start for which there was no room. */
export interface PacedCalls {
  waited: number;
  refused: number;
}

/** Keeps the calls of one upstream account inside its quota. Durations are in milliseconds. */
export interface Pacing {
  enter(call: PacedCall): Turn | Promise<Turn>;
  /** Called when a call that waits is not wanted any more. */
  cancel(call: PacedCall): void;
  /** Called when the upstream has refused a call as one too many. @param pauseMs for how long it wants none; 0 if it does not say */
  throttled(pauseMs: number): void;
  callsLeft(): CallsLeft;
  close(): void;
}
