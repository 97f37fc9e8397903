import { assetPage, modelPage, type WireAsset, type WireModel } from './library-shapes.ts';
import type { SandboxClient } from './sandbox-client.ts';

type Query = Readonly<Record<string, string>>;

interface Page<Row> {
  rows: Row[];
  token: string | null | undefined;
}

export async function assetsOf(client: SandboxClient, query: Query): Promise<Page<WireAsset>> {
  const { body } = await client.call('GET', `/assets?${new URLSearchParams(query).toString()}`);
  const { assets, nextPaginationToken } = assetPage.parse(body);
  return { rows: assets, token: nextPaginationToken };
}

export async function modelsOf(client: SandboxClient, query: Query): Promise<Page<WireModel>> {
  const { body } = await client.call('GET', `/models?${new URLSearchParams(query).toString()}`);
  const { models, nextPaginationToken } = modelPage.parse(body);
  return { rows: models, token: nextPaginationToken };
}

/** Every row of a list: it stops at no token, the same token again, and an empty page. */
export async function walk<Row>(
  fetchPage: (client: SandboxClient, query: Query) => Promise<Page<Row>>,
  client: SandboxClient,
  query: Query,
): Promise<Row[]> {
  const rows: Row[] = [];
  let token: string | undefined;
  while (true) {
    const page = await fetchPage(client, token === undefined ? query : { ...query, paginationToken: token });
    rows.push(...page.rows);
    if (!page.token || page.token === token || page.rows.length === 0) return rows;
    token = page.token;
  }
}

export const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
