import type { Random } from './seeded-random.ts';

const FIRST_DAY = Date.parse('2024-02-05T09:12:00.000Z');
const LAST_DAY = Date.parse('2026-01-30T17:40:00.000Z');
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

export interface SeedDates {
  createdAt: string;
  updatedAt: string;
}

/** Dates of something made at this part (0 to 1) of the two years that the samples tell of. */
export function seedDates(part: number, random: Random): SeedDates {
  const created = FIRST_DAY + part * (LAST_DAY - FIRST_DAY);
  const updated = created + random() * Math.min(MONTH_MS, LAST_DAY - created);
  return { createdAt: new Date(created).toISOString(), updatedAt: new Date(updated).toISOString() };
}
