import { ConflictError, InvalidInputError, NotFoundError } from '../../src/scenario/errors.ts';
import { GatewayError } from '../../src/shared/gateway-error.ts';
import { pick, type Random } from '../faults/random.ts';

/** What a source may throw, of classes that the gateway knows and of others. */
export function randomFailure(random: Random): Error {
  const issue = { path: ['input', 'name'], message: 'No.' };
  return pick<() => Error>(random, [
    () => new GatewayError('UPSTREAM_UNAVAILABLE', 'Down.', { retryable: true, retryAfterMs: 1_000 }),
    () => new InvalidInputError([issue]),
    () => new InvalidInputError([issue, { ...issue, path: [] }]),
    () => new InvalidInputError([]),
    () => new NotFoundError({ typename: 'Collection', id: 'col_1' }),
    () => new ConflictError('Taken.'),
    () => new Error('plain'),
    () => new TypeError('of another class'),
    () =>
      Object.assign(new NotFoundError({ typename: 'Collection', id: 'col_2' }), {
        code: 'NO_CODE_OF_THE_ENUM',
      }),
    () => Object.assign(new NotFoundError({ typename: 'Collection', id: 'col_2' }), { subject: undefined }),
  ])();
}
