import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { tryParseJson } from '../../shared/try-parse-json.ts';
import type { Patch, TimedPatch } from './patch.ts';
import type { StoreClock } from './store-clock.ts';

/** How records are stored as JSON. */
export interface StoredForm<Item> {
  /** Names the form: another one for any change of what is stored or accepted. */
  readonly shape: string;
  /** `null` for what is no record of this form. */
  decodeStored(value: unknown): Item | null;
}

const patchForm = Type.Object({
  shape: Type.String(),
  patch: Type.Union([
    Type.Object({
      kind: Type.Union([Type.Literal('added'), Type.Literal('changed'), Type.Literal('seen')]),
      item: Type.Unknown(),
    }),
    Type.Object({ kind: Type.Literal('removed'), id: Type.String() }),
    Type.Object({ kind: Type.Literal('unknown'), id: Type.Union([Type.String(), Type.Null()]) }),
  ]),
  isSettled: Type.Boolean(),
  tookMs: Type.Number(),
  /** From the end of the write until it was told. */
  lateMs: Type.Number(),
});

const check = Compile(patchForm);

// What a replica of another version has written, it may have written about any record.
const ILLEGIBLE = { patch: { kind: 'unknown', id: null }, isSettled: true, tookMs: 0 } as const;

/** Writes a patch that is told now. */
export function encodePatch<Item>(
  { patch, isSettled, tookMs, endedAt }: TimedPatch<Item>,
  { shape }: StoredForm<Item>,
): string {
  const lateMs = Math.max(0, performance.now() - endedAt);
  return JSON.stringify({ shape, patch, isSettled, tookMs, lateMs });
}

/**
 * Reads what a replica has told; as `unknown` where that is not to be understood.
 * @param appendedAt on the store's clock
 */
export function decodePatch<Item>(
  text: string,
  appendedAt: number,
  clock: StoreClock,
  form: StoredForm<Item>,
): TimedPatch<Item> {
  const toldAt = clock.latest(appendedAt);
  const illegible = { ...ILLEGIBLE, endedAt: toldAt, toldAt };
  const stored = tryParseJson(text);
  if (!check.Check(stored)) return illegible;
  const { isSettled, tookMs, lateMs } = stored;
  const patch = decode(stored, form);
  if (patch === null) return illegible;
  // Rather too long than too short: it ended no later, and began no sooner.
  const unsureMs = toldAt - clock.soonest(appendedAt);
  return { patch, isSettled, tookMs: tookMs + unsureMs, endedAt: toldAt - lateMs, toldAt };
}

function decode<Item>(
  { patch, shape }: Static<typeof patchForm>,
  form: StoredForm<Item>,
): Patch<Item> | null {
  if (!('item' in patch)) return patch;
  const item = shape === form.shape ? form.decodeStored(patch.item) : null;
  return item && { kind: patch.kind, item };
}
