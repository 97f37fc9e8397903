import { z } from 'zod';
import type { TestGateway } from './gateway.ts';

const slice = z.object({
  edges: z.array(z.object({ cursor: z.string(), node: z.object({ scenarioId: z.string() }) })),
  pageInfo: z.object({
    hasNextPage: z.boolean(),
    hasPreviousPage: z.boolean(),
    startCursor: z.string().nullable(),
    endCursor: z.string().nullable(),
  }),
});
const answer = z.object({ data: z.object({ collections: slice }) });

/** A slice of the list as a front end sees it. */
export type Slice = z.output<typeof slice>;

export const LIST = `query ($first: Int! = 10, $after: String) { collections(first: $first, after: $after) {
  edges { cursor node { scenarioId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface SliceArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** Reads one slice that must come without an error. */
export async function readSlice(query: TestGateway['query'], args: SliceArguments): Promise<Slice> {
  const { body, text } = await query(LIST, args);
  if (body.errors) throw new Error(`the slice has errors: ${text}`);
  return answer.parse(body).data.collections;
}

/** Reads slice after slice, as long as there is a next page. */
export async function walkToEnd(query: TestGateway['query'], first: number) {
  const slices: Slice[] = [];
  let after: string | null = null;
  do {
    const next: Slice = await readSlice(query, { first, after });
    slices.push(next);
    if (slices.length > 1_000) throw new Error('the walk does not end');
    if (next.pageInfo.hasNextPage && next.edges.length === 0) throw new Error('the walk stands still');
    after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
  } while (after !== null);
  return { slices, rows: slices.flatMap(({ edges }) => edges.map(({ node }) => node.scenarioId)) };
}
