import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { orderErrors } from '../../../src/server/answers/order-errors.ts';

const at = (...path: ReadonlyArray<string | number>) => new GraphQLError(path.join('.'), { path });

test('errors come in the order of the answer, on every level', () => {
  const data = {
    b: {
      nodes: [
        { y: null, x: null },
        { y: null, x: null },
      ],
    },
    a: null,
  };
  const wanted = ['b.nodes.0.y', 'b.nodes.0.x', 'b.nodes.1.x', 'a'];
  const errors = [at('a'), at('b', 'nodes', 1, 'x'), at('b', 'nodes', 0, 'x'), at('b', 'nodes', 0, 'y')];
  expect(orderErrors(errors, data).map(({ message }) => message)).toEqual(wanted);
});

test('rows are ordered by number, not by text', () => {
  const data = { list: Array.from({ length: 11 }, () => null) };
  const ordered = orderErrors([at('list', 10), at('list', 9)], data);
  expect(ordered.map(({ message }) => message)).toEqual(['list.9', 'list.10']);
});
