import type { ReceivedRequest } from '../../support/received-request.ts';
import { type Answer, json, type Reply } from '../../support/scripted-upstream.ts';
import { wireAsset } from '../../support/wire-members.ts';

/** An upstream in which a search finds these ids. @param answer plays what is not as it should be; `null` for an honest one */
export function finding(
  ids: readonly string[],
  answer: (request: ReceivedRequest) => Reply | null = () => null,
): Answer {
  return (request) => {
    const reply = answer(request);
    if (reply) return reply;
    const { limit, offset, assetIds } = JSON.parse(request.body);
    if (request.path === '/v1/assets/get-bulk')
      return json({ assets: assetIds.map((id: string) => wireAsset({ id })).toReversed() });
    const hits = ids.slice(offset, offset + limit).map((id) => ({ id }));
    return json({ hits, limit, offset, estimatedTotalHits: ids.length });
  };
}

/** `count` ids, in order. */
export const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `asset_${index}`);
export const isSearch = ({ path }: ReceivedRequest) => path === '/v1/search/assets';
