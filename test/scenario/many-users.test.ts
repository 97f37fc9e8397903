import { expect, test } from 'vitest';
import { CollectionShelf } from '../support/collection-shelf.ts';
import { openFrontDoor } from '../support/front-door.ts';

const ROUNDS = 6;
const USERS = 100;
const LISTS = ['collections(first: 24)', 'collections(first: 60)'];
const LIST = (user: number) => `{ list: ${LISTS[user % 2]} { nodes { name } } }`;
const READ = '{ collection(id: "col_3") { name itemCount } }';
const RENAME =
  'mutation ($name: String!) { updateCollection(input: { id: "col_3", name: $name }) { __typename } }';

test('100 users who list and read are served out of one call for each write, and see it at once', async () => {
  const { query, upstream } = await openFrontDoor(CollectionShelf.of(237).answer, {
    CACHE_TTL_MS: '600000',
    UPSTREAM_RATE_PER_MINUTE: '100',
  });
  for (let round = 1; round <= ROUNDS; round += 1) {
    const name = `round ${round}`;
    await query(RENAME, { name });
    const answers = await Promise.all(Array.from({ length: USERS }, (_, user) => query(LIST(user))));
    answers.push(...(await Promise.all(Array.from({ length: USERS }, () => query(READ)))));
    for (const { body, text } of answers) {
      expect(body.errors).toBeUndefined();
      expect(text).toContain(`"name":"${name}"`);
    }
  }
  expect(upstream.requests).toHaveLength(2 * ROUNDS);
});
