import { z } from 'zod';

/** Whether the gateway serves people or is worked on: some defaults depend on it. */
export type Mode = 'development' | 'production';

/** What is known of a variable beside its check and its default. */
interface Facts {
  readonly name: string;
  /** What it does, in a phrase for the documentation. */
  readonly meaning: string;
  /** The default in words, where its value does not say all. */
  readonly defaultWords?: string;
  /** Whether the README shows it too. */
  readonly isMain?: boolean;
  /** Whether its value may also stand in a file that `NAME_FILE` names. */
  readonly mayBeFile?: boolean;
  /** What a wrong value says all the same of what other checks depend on; it has to pass the check. */
  readonly readAnyway?: (value: string) => string | undefined;
  /** Finds what no log line may hold in its value. */
  readonly secretTexts?: (value: string) => readonly string[];
}

/** A variable in its place in the table. */
export interface Variable extends Facts {
  readonly group: string;
  readonly field: string;
  /** Checks its text, and has its default. */
  readonly schema: z.ZodType;
}

type Fields = Readonly<Record<string, z.ZodType>>;
type Table = z.ZodObject<Readonly<Record<string, z.ZodObject<Fields>>>>;

const factsOf = z.registry<Facts>();
const titleOf = z.registry<{ readonly title: string }>();

/** Gives a variable its name and its meaning. @param schema is used for this variable alone */
export function variable<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  meaning: string,
  more: Omit<Facts, 'name' | 'meaning'> = {},
): Schema {
  factsOf.add(schema, { name, meaning, ...more });
  return schema;
}

/** Puts variables that belong together under a title of the documentation. */
export function group<Shape extends Fields>(title: string, fields: Shape) {
  return z.object(fields).register(titleOf, { title });
}

/** Lists the variables in the order of the table. */
export function variablesIn(table: Table): readonly Variable[] {
  return Object.entries(table.shape).flatMap(([name, { shape }]) =>
    Object.entries(shape).map(([field, schema]) =>
      Object.assign({ group: name, field, schema }, requireFacts(schema)),
    ),
  );
}

/** The title of a group of the table. */
export function titleIn(table: Table, name: string): string {
  const fields = table.shape[name];
  return (fields && titleOf.get(fields)?.title) ?? name;
}

function requireFacts(schema: z.ZodType): Facts {
  const facts = factsOf.get(schema);
  if (!facts) throw new Error('a field of the table is not a variable');
  return facts;
}
