import { expect } from 'vitest';
import { dig } from '../../support/dig.ts';
import { codesOf } from '../../support/front-door.ts';
import type { GraphQLAnswer, TestGateway } from '../../support/gateway.ts';

/** Picks assets. */
export const PICK = `query ($first: Int = 100, $after: String, $filter: AssetFilter, $orderBy: AssetOrder) {
  assets(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { scenarioId kind name prompt description tags collectionIds createdAt updatedAt status source } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount
  }
}`;

/** What was picked. */
export interface Picked {
  readonly ids: readonly string[];
  readonly nodes: readonly unknown[];
  readonly cursors: readonly string[];
  readonly hasNextPage: unknown;
  readonly endCursor: unknown;
  readonly codes: readonly unknown[];
}

export function toPicked(answer: GraphQLAnswer): Picked {
  const list = dig(answer.body.data, 'assets');
  const found = dig(list, 'edges');
  const edges: unknown[] = Array.isArray(found) ? found : [];
  return {
    ids: edges.map((edge) => String(dig(edge, 'node', 'scenarioId'))),
    nodes: edges.map((edge) => dig(edge, 'node')),
    cursors: edges.map((edge) => String(dig(edge, 'cursor'))),
    hasNextPage: dig(list, 'pageInfo', 'hasNextPage'),
    endCursor: dig(list, 'pageInfo', 'endCursor'),
    codes: codesOf(answer),
  };
}

export const pick = async (query: TestGateway['query'], variables: object): Promise<Picked> =>
  toPicked(await query(PICK, variables));

/** All that a filter finds, by slices of this size, resumed by the last cursor. */
export async function pickAll(query: TestGateway['query'], filter: object, first: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: unknown = null; ; ) {
    const slice = await pick(query, { filter, first, after });
    expect(slice.codes).toEqual([]);
    ids.push(...slice.ids);
    if (slice.hasNextPage !== true) return ids;
    after = slice.endCursor;
  }
}
