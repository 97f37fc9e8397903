import { builder } from './builder.ts';
import type { Viewer } from './context.ts';

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who calls, and what they may do.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'The name of the API key or the subject of the token; `anonymous` where callers are not identified.',
    }),
    account: t.exposeString('account', {
      description:
        'The Scenario account whose collections the caller works with, by its name in the gateway.',
    }),
    canRead: t.exposeBoolean('canRead', {
      description:
        'Whether the caller may read; without it queries are answered with `INSUFFICIENT_SCOPE`, and so are mutations that select more than what they have changed.',
    }),
    canWrite: t.exposeBoolean('canWrite', {
      description: 'Whether the caller may run mutations; without it, show no button that does.',
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    description: 'Who calls, and what they may do. Needs no scope and makes no upstream call.',
    resolve: (_query, _args, context) => context.viewer(),
  }),
);
