import { type EndForm, OffsetList } from '../support/offset-list.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { wireAsset, wireModel } from '../support/wire-members.ts';

/** How the members of the collection `col_1` are listed. */
export interface MemberListing {
  readonly count: number;
  readonly end: EndForm;
  /** Whether the list of private models gives public ones too. */
  readonly repeatsPublic: boolean;
}

/** Members in the order in which the gateway is to give them. */
export interface ListedMembers {
  readonly assets: readonly string[];
  readonly models: readonly string[];
  readonly answer: Answer;
}

const isPublic = (index: number): boolean => index % 3 === 1;

/** An upstream that lists `count` assets and as many models, every third of them public. */
export function memberLists({ count, end, repeatsPublic }: MemberListing): ListedMembers {
  const indices = [...Array(count).keys()];
  const assets = indices.map((index) => `asset_${index}`);
  const publicModels = indices.filter(isPublic).map(toModelId);
  const privateModels = indices.filter((index) => !isPublic(index)).map(toModelId);
  const byPrivacy = {
    private: new OffsetList(repeatsPublic ? indices.map(toModelId) : privateModels, { end }),
    public: new OffsetList(publicModels, { end }),
  };
  const assetList = new OffsetList(assets, { end });
  const publicIds = new Set(publicModels);
  const toWireModel = (id: string) => wireModel({ id, privacy: publicIds.has(id) ? 'public' : 'private' });
  const answer: Answer = (request) => {
    const { path, query } = request;
    if (path === '/v1/assets') return pageOf(request, assetList, 'assets', (id) => wireAsset({ id }));
    if (path !== '/v1/models')
      return json({ collection: wireCollection({ assetCount: count, modelCount: count }) });
    const isPublicList = query.get('privacy') === 'public';
    return pageOf(request, byPrivacy[isPublicList ? 'public' : 'private'], 'models', toWireModel);
  };
  return { assets, models: [...privateModels, ...publicModels], answer };
}

function toModelId(index: number): string {
  return `model_${index}`;
}

function pageOf(
  { query }: ReceivedRequest,
  list: OffsetList,
  field: string,
  toWire: (id: string) => object,
): Reply {
  const { ids, nextToken } = list.page(query.get('paginationToken'), Number(query.get('pageSize')));
  return json({ [field]: ids.map(toWire), nextPaginationToken: nextToken });
}
