import { z } from 'zod';
import { badRequest } from '../api-error.ts';
import type { DateField, ItemQuery } from './item-query.ts';

const moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO date' })
  .transform((text) => new Date(text).toISOString())
  .optional();

/** Parameters that the lists of assets and of models have in common. */
export const listFields = {
  collectionId: z.string().min(1).optional(),
  sortDirection: z.enum(['asc', 'desc']).optional(),
  createdAfter: moment,
  createdBefore: moment,
  updatedAfter: moment,
  updatedBefore: moment,
  type: z.string().min(1).optional(),
  types: z
    .string()
    .transform((text) => text.split(',').filter((type) => type !== ''))
    .optional(),
};

interface ListQuery {
  sortBy?: DateField | 'score' | undefined;
  sortDirection?: 'asc' | 'desc' | undefined;
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
  updatedAfter?: string | undefined;
  updatedBefore?: string | undefined;
  type?: string | undefined;
  types?: readonly string[] | undefined;
}

/** One text a parameter, whether a list came comma-joined or repeated. */
export function singleValues(queries: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(queries).map(([name, values]) => [name, values.join(',')]));
}

/** What sorts and bounds a list; throws the 400s of parameters that need one another or exclude each other. */
export function readOrder(query: ListQuery): Pick<ItemQuery, 'order' | 'dates'> {
  const { sortBy, sortDirection } = query;
  const field = sortBy === 'score' ? undefined : sortBy;
  if (sortDirection !== undefined && field === undefined) {
    throw badRequest('sortDirection must be used together with sortBy to createdAt or updatedAt');
  }
  const created = { field: 'createdAt', after: query.createdAfter, before: query.createdBefore } as const;
  const updated = { field: 'updatedAt', after: query.updatedAfter, before: query.updatedBefore } as const;
  for (const { field: bounded, after, before } of [created, updated]) {
    if ((after !== undefined || before !== undefined) && bounded !== field) {
      throw badRequest(`Bounds of ${bounded} must be used together with sortBy to ${bounded}`);
    }
  }
  return {
    order: field && { field, direction: sortDirection ?? 'desc' },
    dates: field === 'updatedAt' ? updated : created,
  };
}

/** The types that are asked for; throws a 400 when they come in both ways. */
export function readTypes({ type, types }: ListQuery): readonly string[] | undefined {
  if (type !== undefined && types !== undefined) throw badRequest('type and types exclude each other');
  if (type !== undefined) return [type];
  // The official SDK sends an empty list as `types=`.
  return types?.length === 0 ? undefined : types;
}

/** Refuses documented parameters that the sandbox can't honour, rather than pass them over in silence. */
export function refuseUnplayed(query: Readonly<Record<string, string>>, names: readonly string[]): void {
  const name = names.find((candidate) => query[candidate] !== undefined);
  if (name !== undefined) throw badRequest(`The sandbox does not play the parameter ${name}`);
}
