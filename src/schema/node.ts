import type { Typename } from '../scenario/subject.ts';
import { assertNever } from '../shared/assert-never.ts';
import { GatewayError } from '../shared/gateway-error.ts';
import { type NodeId, nodeIdArgument, scenarioIdOf } from './arguments.ts';
import { assetBatch } from './asset.ts';
import { builder } from './builder.ts';
import type { GraphQLContext } from './context.ts';
import { decodeGlobalId } from './global-id.ts';
import { modelBatch } from './model.ts';
import { type FieldCost, makesCalls, readsObject } from './planned-calls.ts';

// Most ids that `nodes` takes.
const MAX_NODES = 100;

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'The object with this global id; null when it does not exist.',
    extensions: readsObject(
      ({ id }) => costOfNodes([String(id)]),
      ({ id }) => nodeIdArgument(String(id), ['id']),
    ),
    args: { id: t.arg.id({ required: true, description: 'A global id.' }) },
    resolve: (_query, { id }, context) => loadNode(nodeIdArgument(id, ['id']), context),
  }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `The objects with these global ids, in order, at most ${MAX_NODES}; null where one does not exist.`,
    extensions: makesCalls(({ ids }) =>
      Array.isArray(ids) && ids.length <= MAX_NODES ? costOfNodes(ids.map(String)) : {},
    ),
    args: { ids: t.arg.idList({ required: true, description: 'Global ids.' }) },
    resolve: async (_query, { ids }, context) => {
      if (ids.length > MAX_NODES) {
        throw new GatewayError(
          'BAD_USER_INPUT',
          `"nodes" takes at most ${MAX_NODES} ids, but got ${ids.length}.`,
        );
      }
      const loads = ids.map(async (id, index) =>
        loadNode(nodeIdArgument(id, ['ids', String(index)]), context),
      );
      // An error in a list is told at its place, and costs no other item.
      const settled = await Promise.allSettled(loads);
      return settled.map((load) => (load.status === 'fulfilled' ? load.value : load.reason));
    },
  }),
);

function loadNode(node: NodeId, { collections, assets, models }: GraphQLContext) {
  switch (node.typename) {
    case 'Collection':
      return collections.load(node.id);
    case 'Asset':
      return assets.load(node.id);
    case 'Model':
      return models.load(node.id);
    default:
      return assertNever(node);
  }
}

// Collections are read one by one, assets and models in batches.
function costOfNodes(ids: readonly string[]): FieldCost {
  const byType = Map.groupBy(new Set(ids), (id) => decodeGlobalId(id)?.typename ?? '');
  const idsOf = (typename: Typename) => (byType.get(typename) ?? []).map((id) => scenarioIdOf(typename, id));
  return {
    calls: idsOf('Collection').length,
    batches: [assetBatch(idsOf('Asset')), modelBatch(idsOf('Model'))],
    rows: Object.fromEntries([...byType].map(([typename, own]) => [typename, own.length])),
  };
}
