import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { MOST_LAG_MS } from './search/membership-journal.ts';

const errorShape = z.enum(['reason', 'message', 'Message', 'error', 'apiError', 'text/html', 'empty']);

const retryAfter = z.strictObject({
  form: z.enum(['seconds', 'date']),
  seconds: z.int().min(0).max(86_400),
});

/** `applied: true` carries the request out before it goes wrong: the caller can't tell it from one that never arrived. */
const applied = z.boolean().default(false);

const faultAction = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    applied,
    /** `gateway` answers like the API gateway in front: `x-amzn-errortype` and `{"message"}`. */
    from: z.enum(['service', 'gateway']).default('service'),
    errorShape: errorShape.optional(),
    retryAfter: retryAfter.optional(),
    planCeiling: z.enum(['action-limit', 'quota-exceeded']).optional(),
  }),
  z.strictObject({ kind: z.literal('hang'), applied }),
  z.strictObject({ kind: z.literal('reset'), applied }),
  /** Announces the whole body, sends half of it and closes the connection. */
  z.strictObject({ kind: z.literal('truncated') }),
  /** Answers 200 with a page of HTML. */
  z.strictObject({ kind: z.literal('not-json') }),
]);

const faultRule = z.strictObject({
  match: z
    .strictObject({
      method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
      /** Prefix of the path below `/v1`, such as `/collections/col_x`. */
      path: z.string().startsWith('/').optional(),
      /** One operation, named as in the statistics. */
      endpoint: z.enum(ENDPOINTS).optional(),
    })
    .prefault({}),
  /** How many matching requests pass before the first hit. */
  skip: z.int().min(0).default(0),
  /** Hits each n-th of the matching requests that follow. */
  every: z.int().min(1).default(1),
  /** How many requests it hits in all; without it, until the faults are cleared. */
  times: z.int().min(1).optional(),
  action: faultAction,
});

/** Every switch of the sandbox. All have a default: `{}` is the API as documented. */
export const faultsSchema = z.strictObject({
  latencyMs: z.int().min(0).max(120_000).default(0),
  /** Shape of every failing answer, the sandbox's own included. */
  errorShape: errorShape.default('reason'),
  list: z
    .strictObject({
      endOfList: z.enum(['absent', 'null', 'empty', 'same-token', 'empty-page']).default('absent'),
      /** Pages hold so many rows fewer than asked for, at least one. */
      shortBy: z.int().min(0).max(99).default(0),
      /** A page begins with the last row of the former one (pages of two rows and more). */
      repeatRows: z.boolean().default(false),
      /** How assets come without `sortBy`, which no reference tells: `unsorted` looks like no order at all. */
      defaultOrder: z.enum(['unsorted', 'newest']).default('unsorted'),
      /** How a list of the members of a collection that does not exist is answered. */
      unknownCollection: z.enum(['empty', '403', '404']).default('empty'),
      /** What becomes of a parameter that is only for models of another privacy, such as `collectionId` of public ones. */
      inapplicable: z.enum(['400', 'ignored']).default('400'),
    })
    .prefault({}),
  answers: z
    .strictObject({
      withoutThumbnails: z.boolean().default(false),
      extraFields: z.boolean().default(false),
      /** Fields that the records of an endpoint lack, such as `{"models.bulk":["collectionIds"]}`. */
      omit: z.partialRecord(z.enum(ENDPOINTS), z.array(z.string())).default({}),
      /** Some assets have a kind, a source or a status that no reference lists, and a number as their seed. */
      undocumentedValues: z.boolean().default(false),
    })
    .prefault({}),
  membership: z
    .strictObject({
      readd: z.enum(['strict', 'lenient']).default('strict'),
      reremove: z.enum(['strict', 'lenient']).default('lenient'),
      /** How an id that does not exist is refused as a member or thumbnail; `accept` makes it exist. */
      unknownIds: z.enum(['404', '403', 'accept']).default('404'),
    })
    .prefault({}),
  bulk: z
    .strictObject({
      order: z.enum(['shuffled', 'asked']).default('shuffled'),
      /** How ids are answered that do not exist, or belong to somebody else. */
      missing: z.enum(['left-out', '404']).default('left-out'),
      /** Most ids of one bulk read; a larger one is a 400. */
      maxAssets: z.int().min(1).default(200),
      maxModels: z.int().min(1).default(50),
    })
    .prefault({}),
  search: z
    .strictObject({
      /** How long the search takes to learn that a member was added or removed, or that an asset was deleted. */
      lagMs: z.int().min(0).max(MOST_LAG_MS).default(0),
      /** How many searches are answered before the quota is used up; 0 is no quota. */
      quota: z.int().min(0).default(0),
      /** By how much `estimatedTotalHits` is too large. */
      excess: z.int().min(0).default(0),
    })
    .prefault({}),
  rate: z
    .strictObject({
      /** 0 turns the window off. */
      perMinute: z.int().min(0).default(0),
      retryAfter: z.enum(['absent', 'seconds', 'date']).default('absent'),
    })
    .prefault({}),
  /** The first rule that hits decides; later rules don't see that request. */
  rules: z.array(faultRule).default([]),
});

export type Faults = z.output<typeof faultsSchema>;
export type FaultsInput = z.input<typeof faultsSchema>;
export type FaultRule = z.output<typeof faultRule>;
export type FaultAction = z.output<typeof faultAction>;
export type ErrorShape = z.output<typeof errorShape>;
export type RetryAfter = z.output<typeof retryAfter>;
