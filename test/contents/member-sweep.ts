import assert from 'node:assert/strict';
import { z } from 'zod';
import { chunksOf } from '../../src/scenario/membership/chunks-of.ts';
import type { TestGateway } from '../support/gateway.ts';

const node = z.object({ scenarioId: z.string() });
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const slice = z.object({
  edges: z.array(z.object({ cursor: z.string(), node })),
  pageInfo,
  totalCount: z.number(),
});
const rest = z.object({ nodes: z.array(node), pageInfo: pageInfo.pick({ hasNextPage: true }) });
const walked = z.object({ data: z.object({ collection: z.object({ list: slice }) }) });
const rests = z.object({ data: z.object({ collection: z.record(z.string(), rest) }) });

interface Edge {
  readonly id: string;
  readonly cursor: string;
}

interface Resumption {
  readonly cursor: string;
  /** Where the edge stands in the whole list. */
  readonly index: number;
}

/** How many edges one operation resumes. */
const EDGES_AT_ONCE = 45;
/** How many rows are read behind an edge. */
const RESUMED = [1, 8, 101];

/** Settings with which one operation may resume so many edges. */
export const SWEEP_SETTINGS = {
  MAX_UPSTREAM_CALLS: '10000',
  MAX_QUERY_ALIASES: '200',
  MAX_QUERY_TOKENS: '10000',
  MAX_QUERY_BYTES: '65536',
  MAX_BODY_BYTES: '1048576',
};

/** Reads the members of `col_1` at the front door in every way that a sweep asks for. */
export class MemberSweep {
  readonly #query: TestGateway['query'];
  readonly #field: 'assets' | 'models';
  readonly #all: readonly string[];
  #turn = 0;

  /** @param all the members, in the order in which they are to come */
  constructor(query: TestGateway['query'], field: 'assets' | 'models', all: readonly string[]) {
    this.#query = query;
    this.#field = field;
    this.#all = all;
  }

  /**
   * Walks to the end by slices of `first`, and on from every edge on the way.
   * @param stride goes on from each of so many edges only
   * @returns how many edges were resumed
   */
  async check(first: number, stride: number): Promise<number> {
    const edges = await this.#walk(first);
    assert.deepEqual(
      edges.map(({ id }) => id),
      this.#all,
      `${this.#field} by ${first}`,
    );
    const resumed = edges
      .map(({ cursor }, index) => ({ cursor, index }))
      .filter(({ index }) => index % stride === 0);
    for (const batch of chunksOf(resumed, EDGES_AT_ONCE)) await this.#resume(first, batch);
    return resumed.length;
  }

  async #walk(first: number): Promise<Edge[]> {
    const document = `query ($after: String) { collection(id: "col_1") { list: ${this.#field}(first: ${first}, after: $after) {
      edges { cursor node { scenarioId } } pageInfo { hasNextPage endCursor } totalCount } } }`;
    const found: Edge[] = [];
    for (let after: string | null = null; ; ) {
      const { body } = await this.#query(document, { after });
      assert.deepEqual(body.errors, undefined);
      const { edges, pageInfo: info, totalCount } = walked.parse(body).data.collection.list;
      assert.equal(totalCount, this.#all.length);
      found.push(...edges.map((edge) => ({ id: edge.node.scenarioId, cursor: edge.cursor })));
      if (!info.hasNextPage) return found;
      assert.ok(edges.length > 0, 'the walk stands still');
      after = info.endCursor;
    }
  }

  async #resume(first: number, edges: readonly Resumption[]): Promise<void> {
    const count = RESUMED[this.#turn % RESUMED.length] ?? 1;
    this.#turn += 1;
    const { body } = await this.#query(
      resumption(this.#field, count, edges.length),
      Object.fromEntries(edges.map(({ cursor }, place) => [`c${place}`, cursor])),
    );
    assert.deepEqual(body.errors, undefined);
    const lists = rests.parse(body).data.collection;
    for (const [place, { index }] of edges.entries()) {
      const start = index + 1;
      const found = lists[`e${place}`];
      const expected = this.#all.slice(start, start + count);
      const message = `${this.#field} by ${first}, ${count} behind edge ${index}`;
      assert.deepEqual(
        found?.nodes.map(({ scenarioId }) => scenarioId),
        expected,
        message,
      );
      if (start + count < this.#all.length) assert.ok(found?.pageInfo.hasNextPage, `${message} seems to end`);
    }
  }
}

/** Reads `count` members behind each of so many edges. */
function resumption(field: string, count: number, edges: number): string {
  const indices = [...Array(edges).keys()];
  const lists = indices.map(
    (index) =>
      `e${index}: ${field}(first: ${count}, after: $c${index}) { nodes { scenarioId } pageInfo { hasNextPage } }`,
  );
  const variables = indices.map((index) => `$c${index}: String`);
  return `query (${variables.join(' ')}) { collection(id: "col_1") { ${lists.join(' ')} } }`;
}
