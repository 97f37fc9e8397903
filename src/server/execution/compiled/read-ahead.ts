import type { BoundRootField } from './bind-operation.ts';
import type { Run } from './run.ts';

/**
 * Starts what the fields of an object read beside the read of the object itself, where its id is known beforehand. Those
 * fields take it up; where there is no such object, nobody does.
 */
export function readAhead({ definition, args, below }: BoundRootField, run: Run): void {
  const object = definition.extensions.upstream?.names?.(args);
  const selection = below.find(({ type }) => type.name === object?.typename);
  if (!object || !selection) return;
  for (const field of selection.fields) {
    const own = field.args.fixed ?? run.args[field.args.place]?.args ?? {};
    field.definition.extensions.upstream?.readAhead?.(object, own, run.context);
  }
}
