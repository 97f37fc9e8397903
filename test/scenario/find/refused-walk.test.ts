import { expect, test } from 'vitest';
import { codesOf, openFrontDoor } from '../../support/front-door.ts';
import { json } from '../../support/scripted-upstream.ts';

test.each([400, 409, 422])(
  'a walk that is answered with %i tells of the upstream, not of what the caller sent',
  async (status) => {
    const { query } = await openFrontDoor(() => json({ reason: 'no such page size' }, status));
    const document = '{ collections(first: 0, orderBy: { field: NAME, direction: ASC }) { totalCount } }';
    const answer = await query(document);
    expect(codesOf(answer)).toEqual(['UPSTREAM_BAD_RESPONSE']);
    expect(answer.body.errors).toMatchObject([{ extensions: { retryable: false } }]);
    expect(answer.text).not.toContain('no such page size');
  },
);
