import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, hang, json, type Reply, reset, text } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

type Fate = (id: string) => Reply;

const show = (id: string, fields: Record<string, unknown> = {}): Reply =>
  json({ collection: wireCollection({ id, ...fields }) });
const refuse =
  (status: number, headers: Record<string, string> = {}, details: Record<string, unknown> = {}): Fate =>
  () =>
    json({ reason: `Refused with ${status}.`, ...details }, status, headers);

/** What becomes of a call, by the id or name that it is about: always the same, so that both gateways see the same. */
const FATES: Readonly<Record<string, Fate>> = {
  refused_400: refuse(400),
  refused_401: refuse(401),
  refused_403: refuse(403),
  refused_403_by_the_door: refuse(403, { 'x-amzn-errortype': 'ForbiddenException' }),
  refused_404: refuse(404),
  refused_409: refuse(409),
  refused_418: refuse(418),
  refused_422: refuse(422),
  throttled: refuse(429),
  out_of_quota: refuse(429, {}, { details: { actionLimit: 5 } }),
  without_thumbnail: (id) => show(id, { thumbnail: null }),
  bad_thumbnail: (id) => show(id, { thumbnail: { assetId: 'asset_1', url: 'ftp://cdn.example.com' } }),
  strange_name: (id) => show(id, { name: 'Ünï 🙂 \u2028 "quoted" \\ </script>' }),
  bad_count: (id) => show(id, { assetCount: '3' }),
  no_json: () => text('{"collection": '),
  moved: refuse(302, { location: 'http://elsewhere.invalid/' }),
  // These count as an outage: few of them may come in a row.
  failing_500: refuse(500),
  failing_503_for_long: refuse(503, { 'retry-after': '30' }),
  reset: () => reset,
};

/** Ids whose calls come to something. */
export const GOOD_IDS = ['col_1', 'col_2', 'col.3', 'without_thumbnail', 'bad_thumbnail', 'strange_name'];
/** Ids whose calls are refused or misunderstood. */
export const BAD_IDS = Object.keys(FATES).filter((id) => !GOOD_IDS.includes(id));
/** Its calls never end. */
export const HANGING_ID = 'hanging';

/** Answers by script, without any state. */
export const answerByFate: Answer = (request) => {
  if (request.body.includes(`"${HANGING_ID}"`)) return hang;
  if (/^\/v1\/(assets|models)/.test(request.path)) return json({ assets: [], models: [] });
  const [, , , id] = request.path.split('/');
  if (id !== undefined) return oneCollection(request, id);
  return request.method === 'GET' ? page(request) : create(request);
};

function oneCollection(request: ReceivedRequest, id: string): Reply {
  if (id === HANGING_ID) return hang;
  const member = BAD_IDS.find((bad) => request.body.includes(`"${bad}"`));
  return (FATES[member ?? id] ?? show)(id);
}

function create({ body }: ReceivedRequest): Reply {
  const name = BAD_IDS.find((bad) => body.includes(`"${bad}"`));
  return (FATES[name ?? ''] ?? show)('col_new');
}

// Longer than the walk of an index may take: nobody waits for it.
const RETRY_AFTER_S = '300';

// Lists of pages of 7 fail at once, lists of pages of 100 at their third page.
function page({ query }: ReceivedRequest): Reply {
  const size = Number(query.get('pageSize'));
  const number = Number(query.get('paginationToken') ?? 0);
  if (size === 7) return refuse(400)('');
  if (size === 100 && number === 2) return refuse(503, { 'retry-after': RETRY_AFTER_S })('');
  const rows = Array.from({ length: Math.min(size, 6) }, (_, index) => {
    const id = GOOD_IDS[index % GOOD_IDS.length] ?? '';
    return wireCollection({ id: `${id}_${number}`, thumbnail: index === 3 ? { assetId: 5 } : null });
  });
  return json({ collections: rows, nextPaginationToken: number < 3 ? String(number + 1) : null });
}
