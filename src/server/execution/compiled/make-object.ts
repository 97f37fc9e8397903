import type { CompiledField } from './compiled-field.ts';
import { generateObjectMaker, type MakeObject } from './generate-object-maker.ts';
import { type Run, recordError } from './run.ts';
import { startField } from './start-field.ts';

/**
 * Compiles how the answer's object is made of these fields.
 * @param mayWait whether one of them, or one below them, has to be waited for: such a field must not be asked twice
 * @param codegenThreshold how many objects are made field by field before a function is generated
 */
export function compileMake(
  fields: readonly CompiledField[],
  mayWait: boolean,
  codegenThreshold: number,
): MakeObject {
  const makeSlowly: MakeObject = (value, run, depth) => makeByField(fields, value, run, depth);
  return mayWait ? makeSlowly : compileFastMake(fields, makeSlowly, codegenThreshold);
}

// Fields only look at what is there: one that has failed can be asked again, for its error to be told.
function compileFastMake(
  fields: readonly CompiledField[],
  makeSlowly: MakeObject,
  codegenThreshold: number,
): MakeObject {
  let made = 0;
  let makeAtOnce: MakeObject | null = null;
  return (value, run, depth) => {
    if (makeAtOnce === null && made < codegenThreshold) {
      made += 1;
      return makeSlowly(value, run, depth);
    }
    makeAtOnce ??= generateObjectMaker(fields);
    const errorsBefore = run.errors.length;
    try {
      return makeAtOnce(value, run, depth);
    } catch {
      run.errors.length = errorsBefore;
      return makeSlowly(value, run, depth);
    }
  };
}

function makeByField(
  fields: readonly CompiledField[],
  value: unknown,
  run: Run,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const field of fields) {
    const mark = run.waiting.length;
    run.path[depth] = field.key;
    try {
      object[field.key] = field.waits
        ? startField(field, object, value, run, depth)
        : field.complete(field.resolve(value, run), run, depth + 1);
    } catch (error) {
      run.pending.dropSince(run.waiting, mark);
      run.path[depth] = field.key;
      object[field.key] = recordError(error, field.nodes, field.isNullable, run, depth);
    }
  }
  return object;
}
