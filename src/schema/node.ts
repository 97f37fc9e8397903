import { GatewayError } from '../shared/gateway-error.ts';
import { nodeIdArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { makesCalls, ONE_CALL } from './planned-calls.ts';

// Most ids that `nodes` takes.
const MAX_NODES = 100;

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'The object with this global id; null when it does not exist.',
    extensions: ONE_CALL,
    args: { id: t.arg.id({ required: true, description: 'A global id.' }) },
    resolve: (_query, { id }, { collections }) => collections.load(nodeIdArgument(id, ['id'])),
  }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `The objects with these global ids, in order, at most ${MAX_NODES}; null where one does not exist.`,
    extensions: makesCalls(({ ids }) =>
      Array.isArray(ids) && ids.length <= MAX_NODES
        ? { calls: new Set<unknown>(ids).size, rows: ids.length }
        : {},
    ),
    args: { ids: t.arg.idList({ required: true, description: 'Global ids.' }) },
    resolve: async (_query, { ids }, { collections }) => {
      if (ids.length > MAX_NODES) {
        throw new GatewayError(
          'BAD_USER_INPUT',
          `"nodes" takes at most ${MAX_NODES} ids, but got ${ids.length}.`,
        );
      }
      const loads = ids.map(async (id, index) =>
        collections.load(nodeIdArgument(id, ['ids', String(index)])),
      );
      // An error in a list is told at its place, and costs no other item.
      const settled = await Promise.allSettled(loads);
      return settled.map((load) => (load.status === 'fulfilled' ? load.value : load.reason));
    },
  }),
);
