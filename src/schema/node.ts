import { GatewayError } from '../shared/gateway-error.ts';
import { nodeIdArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { CALLS_OF_NODES, MAX_NODES, ONE_CALL } from './planned-calls.ts';

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
    extensions: CALLS_OF_NODES,
    args: { ids: t.arg.idList({ required: true, description: 'Global ids.' }) },
    resolve: (_query, { ids }, { collections }) => {
      if (ids.length > MAX_NODES) {
        throw new GatewayError(
          'BAD_USER_INPUT',
          `"nodes" takes at most ${MAX_NODES} ids, but got ${ids.length}.`,
        );
      }
      return ids.map(async (id, index) => collections.load(nodeIdArgument(id, ['ids', String(index)])));
    },
  }),
);
