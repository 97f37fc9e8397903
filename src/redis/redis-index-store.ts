import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { IndexName, IndexStore, LeadAnswer, LogPart, StoredWalk } from '../cache/index/index-store.ts';
import { ADD_CHUNK, LEAD, READ_CHUNK, SET_WALK, SYNC } from './index-scripts.ts';
import { isErrorReply } from './redis-fault.ts';
import type { RedisWriteEpoch } from './redis-write-epoch.ts';
import { DELETE_OWN } from './script-parts.ts';
import type { SharedRedis } from './shared-redis.ts';

// The version of what the keys hold.
const PREFIX = 'scg:index:1:';
const MAX_ENTRIES = 200;
const LEAD_MS = 6_000;

const entry = Type.Tuple([Type.String(), Type.Tuple([Type.Literal('text'), Type.String()])]);
const syncReply = Compile(
  Type.Tuple([Type.Number(), Type.Number(), Type.Array(entry), Type.Array(Type.Unknown())]),
);
const leadReply = Compile(Type.Tuple([Type.Number(), Type.Number()]));
const storedWalk = Compile(Type.Array(Type.String(), { minItems: 6, maxItems: 6 }));

/** What replicas share of one index, in Redis: a stream of patches for all, and the last walk of those who walk alike. */
export class RedisIndexStore implements IndexStore {
  readonly #redis: SharedRedis;
  readonly #epoch: RedisWriteEpoch;
  readonly #prefix: string;
  readonly #log: string;
  readonly #walk: string;
  readonly #lead: string;

  /**
   * @param epoch knows whether Redis is away, and is told when it does not answer
   * @param scope names the upstream and what opens it: nothing is shared with other ones
   */
  constructor(redis: SharedRedis, epoch: RedisWriteEpoch, scope: string, { name, form }: IndexName) {
    this.#redis = redis;
    this.#epoch = epoch;
    this.#prefix = `${PREFIX}${scope}:${name}`;
    this.#log = `${this.#prefix}:log`;
    this.#walk = `${this.#prefix}:walk:${form}`;
    this.#lead = `${this.#prefix}:lead:${form}`;
  }

  get isAway(): boolean {
    return this.#epoch.isAway;
  }

  onLoss(listener: () => void): void {
    this.#redis.onLoss(listener);
  }

  async sync(position: string | null, texts: readonly string[]): Promise<LogPart> {
    const from = position ?? '';
    const reply = await this.#run(SYNC, [this.#log, this.#walk], from, MAX_ENTRIES + 1, ...texts);
    if (!syncReply.Check(reply)) throw new Error('Redis gave a log that cannot be read');
    const [readAt, isThere, entries, walk] = reply;
    // The first is the position itself.
    const behind = isThere === 1 ? entries.slice(1) : null;
    return {
      entries: behind && behind.map(([id, [, text]]) => ({ text, appendedAt: timeOf(id) })),
      place: { position: entries.at(-1)?.[0] ?? from, readAt },
      hasMore: entries.length > MAX_ENTRIES,
      walk: toWalk(walk),
    };
  }

  async lead(holder: string, endsInMs: number | null): Promise<LeadAnswer> {
    const ends = endsInMs === null ? '' : Math.ceil(endsInMs);
    const reply = await this.#run(LEAD, [this.#lead, `${this.#lead}:end`], holder, LEAD_MS, ends);
    if (!leadReply.Check(reply)) throw new Error('Redis gave a lead that cannot be read');
    const [isHeld, otherEndsInMs] = reply;
    return isHeld === 1
      ? { isHeld: true }
      : { isHeld: false, endsInMs: otherEndsInMs < 0 ? null : otherEndsInMs };
  }

  async endLead(holder: string): Promise<void> {
    await this.#run(DELETE_OWN, [this.#lead], holder);
  }

  async addChunk(walkId: string, text: string, leftMs: number): Promise<void> {
    await this.#run(ADD_CHUNK, [this.#chunksOf(walkId)], text, leftMs);
  }

  async chunk(walkId: string, index: number): Promise<string | null> {
    const [text] = await this.#run(READ_CHUNK, [this.#chunksOf(walkId)], index);
    return typeof text === 'string' ? text : null;
  }

  async setWalk(walk: StoredWalk, holder: string): Promise<void> {
    const { id, position, beganAt, endedAt, expiresAt, content } = walk;
    const fields = [id, position, beganAt, endedAt, expiresAt, content];
    await this.#run(SET_WALK, [this.#walk, this.#lead], holder, ...fields);
  }

  async #run(...command: Parameters<SharedRedis['run']>): Promise<readonly unknown[]> {
    try {
      return await this.#redis.run(...command);
    } catch (error) {
      // A Redis that answers, though not with what was asked for, is not away.
      if (!isErrorReply(error)) this.#epoch.suspend();
      throw error;
    }
  }

  #chunksOf(walkId: string): string {
    return `${this.#prefix}:rows:${walkId}`;
  }
}

// Positions are ids of a stream, which begin with the time of Redis.
function timeOf(id: string): number {
  return Number(id.split('-')[0]);
}

function toWalk(stored: readonly unknown[]): StoredWalk | null {
  if (!storedWalk.Check(stored)) return null;
  const [id = '', position = '', began, ended, expires, content = ''] = stored;
  return {
    id,
    position,
    beganAt: Number(began),
    endedAt: Number(ended),
    expiresAt: Number(expires),
    content,
  };
}
