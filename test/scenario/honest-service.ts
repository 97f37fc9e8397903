import type { Call, CallResult } from '../../src/http/call.ts';
import { parseId } from '../../src/scenario/parse-input.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { wireAsset, wireModel } from '../support/wire-members.ts';
import { answered } from './open-account.ts';

export const COL = parseId('Collection', 'col_1', []);
export const asset = (id: string) => parseId('Asset', id, []);
export const model = (id: string) => parseId('Model', id, []);
export const NEWEST = { sortBy: 'createdAt', sortDirection: 'desc' } as const;

/** The ids that a bulk read asks for. */
export const idsIn = ({ body = '{}' }: Call): string[] => Object.values<string[]>(JSON.parse(body))[0] ?? [];

/** A service that has everything, all of it in the first collection. */
export function honest(call: Call): CallResult {
  const { endpoint, path } = call;
  const inCollection = { collectionIds: ['col_1'] };
  switch (endpoint) {
    case 'collections.list':
      return answered({ collections: ['col_1', 'col_2'].map((id) => wireCollection({ id })) });
    case 'assets.list':
      return answered({ assets: ['a', 'b'].map((id) => wireAsset({ id, ...inCollection })) });
    case 'assets.bulk':
      return answered({ assets: idsIn(call).map((id) => wireAsset({ id, ...inCollection })) });
    case 'models.list':
      return answered({
        models: path.includes('=public') ? [] : [wireModel({ id: 'm', ...inCollection })],
      });
    case 'models.bulk':
      return answered({ models: idsIn(call).map((id) => wireModel({ id, ...inCollection })) });
    case 'models.retrieve':
      return answered({ model: wireModel({ id: path.split('/')[2], ...inCollection }) });
    case 'collections.delete':
      return answered(null);
    default:
      return answered({ collection: wireCollection({ id: path.split('/')[2] ?? 'col_new' }) });
  }
}

/** The service, but for these endpoints. */
export const except =
  (answers: Readonly<Record<string, CallResult | ((call: Call) => CallResult)>>) =>
  (call: Call): CallResult => {
    const answer = answers[call.endpoint] ?? honest;
    return typeof answer === 'function' ? answer(call) : answer;
  };
