import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { tryParseJson } from '../../shared/try-parse-json.ts';
import type { IndexedItem, TooLarge } from './index-kind.ts';
import type { IndexStore, LogPlace } from './index-store.ts';
import type { SharedWalk } from './shared-log.ts';
import type { StoredForm } from './stored-patch.ts';

/** The items that a walk has brought, or why there are none. */
type WalkContent<Item> = Result<readonly Item[], TooLarge>;

/** A walk that is to be shared. */
export interface FinishedWalk<Item> {
  readonly content: WalkContent<Item>;
  /** Of the log, before it began. */
  readonly start: LogPlace;
  /** Of the log, when what stood there was applied last. */
  readonly end: LogPlace;
  /** How long it holds from its start on. */
  readonly lifetimeMs: number;
  /** When that is over, on the monotonic clock of this process. */
  readonly expiresAt: number;
}

const CHUNK_ITEMS = 200;

const check = Compile(
  Type.Union([
    Type.Object({ kind: Type.Literal('records'), chunks: Type.Number(), items: Type.Number() }),
    Type.Object({
      kind: Type.Literal('too-large'),
      limit: Type.Number(),
      unit: Type.Union([Type.Literal('records'), Type.Literal('bytes')]),
    }),
  ]),
);

/** What walks have brought, for all replicas. */
export class SharedWalks<Item extends IndexedItem> {
  readonly #store: IndexStore;
  readonly #form: StoredForm<Item>;

  constructor(store: IndexStore, form: StoredForm<Item>) {
    this.#store = store;
    this.#form = form;
  }

  /** Reads what a walk of another replica has brought; `null` where not all of it can be had. */
  async load({ id, content }: SharedWalk): Promise<WalkContent<Item> | null> {
    const stored = tryParseJson(content);
    if (!check.Check(stored)) return null;
    if (stored.kind === 'too-large') return fail(stored);
    const items: Item[] = [];
    for (let index = 0; index < stored.chunks; index += 1) {
      const chunk = tryParseJson((await this.#store.chunk(id, index)) ?? '');
      if (!Array.isArray(chunk)) return null;
      for (const each of chunk) {
        const item = this.#form.decodeStored(each);
        if (item === null) return null;
        items.push(item);
      }
    }
    return items.length === stored.items ? succeed(items) : null;
  }

  /** Stores a walk, behind whoever waits for it. @param holder has the lead */
  async save(walk: FinishedWalk<Item>, holder: string): Promise<void> {
    const id = randomUUID();
    const { content, start, end, lifetimeMs, expiresAt } = walk;
    const items = content.ok ? content.value : [];
    let chunks = 0;
    for (let from = 0; from < items.length; from += CHUNK_ITEMS) {
      // One after the other, and requests in between.
      await setImmediate();
      const leftMs = Math.floor(expiresAt - performance.now());
      if (leftMs <= 0) return;
      await this.#store.addChunk(id, JSON.stringify(items.slice(from, from + CHUNK_ITEMS)), leftMs);
      chunks += 1;
    }
    const stored = content.ok ? { kind: 'records', chunks, items: items.length } : content.failure;
    await this.#store.setWalk(
      {
        id,
        position: start.position,
        beganAt: start.readAt,
        endedAt: end.readAt,
        expiresAt: start.readAt + Math.floor(lifetimeMs),
        content: JSON.stringify(stored),
      },
      holder,
    );
  }
}
