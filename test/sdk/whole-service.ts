import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { leastAsset, leastBulkModel, leastHit, leastModel } from './wire-records.ts';

/** A model that a bulk read gives in part only. */
export const PARTIAL_MODEL = 'model_partial-3.0';

// What every search finds.
const FOUND = ['asset_1', 'asset_2'];
const RANGE = { limit: FOUND.length, offset: 0, estimatedTotalHits: FOUND.length };

/**
 * Plays a service in which everything exists, in the forms that Scenario's own client takes in strict mode.
 * @param tokens each list has a page of one row before each of them, and one more
 */
export function wholeService(tokens: readonly string[]): Answer {
  return (request) => {
    const [resource = '', id, part] = request.path.split('/').slice(2);
    if (resource === 'search') return json({ hits: FOUND.map(leastHit), ...RANGE });
    if (id === 'get-bulk') return answerBulk(resource, request.body);
    if (request.method === 'GET' && id === undefined) return answerList(resource, request, tokens);
    if (request.method === 'DELETE' && part === undefined) return json({});
    const one = id ?? 'col_new';
    switch (resource) {
      case 'assets':
        return json({ asset: leastAsset(one) });
      case 'models':
        return json({ model: leastModel(one, 'private') });
      default:
        return json({ collection: wireCollection({ id: one }) });
    }
  };
}

function answerList(resource: string, { query }: ReceivedRequest, tokens: readonly string[]): Reply {
  const page = tokens.indexOf(query.get('paginationToken') ?? '') + 1;
  const privacy = query.get('privacy') ?? 'private';
  const rows: Readonly<Record<string, object>> = {
    collections: wireCollection({ id: `col_${page}` }),
    assets: leastAsset(`asset_${page}`),
    models: leastModel(`model_${privacy}_${page}`, privacy),
  };
  return json({ [resource]: [rows[resource]], nextPaginationToken: tokens[page] });
}

function answerBulk(resource: string, body: string): Reply {
  const { assetIds = [], modelIds = [] }: Record<string, string[]> = JSON.parse(body);
  return resource === 'assets'
    ? json({ assets: assetIds.map(leastAsset) })
    : json({
        models: modelIds.map((id) => (id === PARTIAL_MODEL ? leastBulkModel : leastModel)(id, 'private')),
      });
}
