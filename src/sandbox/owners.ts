import type { LibraryItem } from './library/library-item.ts';

/** Who owns every collection, and all that is one's own. */
export const OWNER_ID = 'dcf121faaa1a0a0bbbd9ca1b73d62aea';

/** The one person who made everything. */
export const AUTHOR_ID = 'user_kLrKsA3HvVQmWmSYUN5VqpJg';

/** The team that one's own project belongs to. */
export const TEAM_ID = 'team_uSTCvQwu9rQkBhZjqEKRZ8Mb';

const SCENARIO_ID = 'scenario';

export function ownerOf({ own }: LibraryItem): string {
  return own ? OWNER_ID : SCENARIO_ID;
}
