import { GraphQLError, Source } from 'graphql';
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

const placed = (line: number, column: number, ...path: ReadonlyArray<string | number>) => {
  const positions = [10 * (line - 1) + column - 1];
  return new GraphQLError(`${line}:${column}`, {
    path,
    source: new Source('a........\n'.repeat(9)),
    positions,
  });
};

test('what stands at one place of the answer, or where it ends, comes in the order of the document', () => {
  const data = { a: null };
  const wanted = ['1:5', '2:1', '2:3', '3:2'];
  const errors = [placed(3, 2, 'a'), placed(2, 3, 'a', 'b'), placed(1, 5, 'a', 'c', 'd'), placed(2, 1, 'a')];
  expect(orderErrors(errors, data).map(({ message }) => message)).toEqual(wanted);
  expect(orderErrors(errors.toReversed(), data).map(({ message }) => message)).toEqual(wanted);
});

test('what is within another is not behind it for that', () => {
  const errors = [placed(2, 1, 'a'), placed(1, 1, 'a', 'b')];
  expect(orderErrors(errors, { a: { b: null } }).map(({ message }) => message)).toEqual(['1:1', '2:1']);
});

test('what has no place in the answer or the document comes first', () => {
  const errors = [placed(1, 2, 'a'), new GraphQLError('nowhere'), placed(1, 1, 'a')];
  expect(orderErrors(errors, undefined).map(({ message }) => message)).toEqual(['nowhere', '1:1', '1:2']);
});

test('rows are ordered by number, not by text', () => {
  const data = { list: Array.from({ length: 11 }, () => null) };
  const ordered = orderErrors([at('list', 10), at('list', 9)], data);
  expect(ordered.map(({ message }) => message)).toEqual(['list.9', 'list.10']);
  const taken = orderErrors([at('list', 10), at('list', 9)], { list: null });
  expect(taken.map(({ message }) => message)).toEqual(['list.9', 'list.10']);
});
