import type { Operation } from '../../../src/server/request/operation.ts';
import { scopeOf } from '../../http/calls.ts';

/** An operation of a caller who may read, that has done nothing yet. */
export function openOperation(parts: Partial<Operation> = {}): Operation {
  return {
    scope: scopeOf(),
    observer: { attemptStarted: () => () => {}, accountKnown: () => {}, operationEnded: () => {} },
    mediaType: { name: 'application/json', wantsLegacyStatus: false },
    caller: { identity: 'ada', name: 'ada', scopes: new Set(['collections:read']), account: null },
    partialErrors: [],
    clientDisconnected: () => false,
    settled: () => {},
    partialWrites: [],
    writes: [],
    name: 'Read',
    hash: 'hash',
    type: 'query',
    isPersonal: false,
    plannedCalls: 3,
    showsCost: false,
    addHeaders: () => {},
    ...parts,
  };
}
