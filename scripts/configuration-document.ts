import { z } from 'zod';
import { titleIn, type Variable, variablesIn } from '../src/config/variables/variable.ts';
import { variablesFor } from '../src/config/variables/variables.ts';

const INTRODUCTION = `# Configuration

<!-- Written by "npm run configuration" from src/config/variables. -->

By environment variables, read once at start. A bad or missing value stops the process with exit code 78 and a message that names every problem and no
secret. What is set to nothing counts as not set. A name that is nearly one of these has no effect and is warned of in the log. A variable marked _secret_ can also be given as \`NAME_FILE=/path\`: the file's content is read, without
its last line break. With \`NODE_ENV=development\` (\`npm run dev\`) some defaults are others. Times are in milliseconds, sizes in bytes.
`;

const REMAINDER = `
The other standard \`OTEL_*\` variables apply too, such as \`OTEL_SERVICE_NAME\` and \`OTEL_TRACES_SAMPLER\`.

## The sandbox

The sandbox reads \`SANDBOX_FILE\`, \`SANDBOX_FAULTS\` and \`SANDBOX_PUBLIC_URL\`; on its own (\`npm run sandbox\`) also \`HOST\`, \`PORT\` (\`4010\`),
\`SANDBOX_KEY\` and \`SANDBOX_SECRET\` (both \`sandbox\`). The README tells what they are for.
`;

const table = variablesFor('production');
const variables = variablesIn(table);
const inDevelopment = new Map(
  variablesIn(variablesFor('development')).map(({ name, schema }) => [name, defaultOf(schema)]),
);

/** Writes `docs/configuration.md`: every variable in its group. */
export function writeConfigurationDocument(): string {
  const groups = [...new Set(variables.map(({ group }) => group))].map((name) => {
    const rows = writeTable(variables.filter(({ group }) => group === name));
    return `\n## ${titleIn(table, name)}\n\n${rows}\n`;
  });
  return [INTRODUCTION, ...groups, REMAINDER].join('');
}

/** Writes the README's table: the variables that matter to most. */
export function writeMainVariables(): string {
  return writeTable(variables.filter(({ isMain }) => isMain));
}

function writeTable(rows: readonly Variable[]): string {
  const cells = rows.map((row) => [`\`${row.name}\``, writeDefault(row), writeMeaning(row)]);
  const heads = ['variable', 'default', 'meaning'];
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const rules = widths.map((width) => '-'.repeat(width));
  return [heads, rules, ...cells]
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

function writeMeaning({ meaning, mayBeFile }: Variable): string {
  return mayBeFile ? `${meaning} (_secret_)` : meaning;
}

function writeDefault({ name, schema, defaultWords }: Variable): string {
  if (defaultWords !== undefined) return defaultWords;
  const [usual, development] = [defaultOf(schema), inDevelopment.get(name)];
  return usual === development ? usual : `${usual} (${development} in development)`;
}

function defaultOf(schema: z.ZodType): string {
  const result = z.safeParse(schema, undefined);
  if (!result.success) return 'must be set';
  const { data } = result;
  if (Array.isArray(data) && data.length === 0) return 'none';
  if (data === undefined || data === null) return '–';
  const text = data instanceof URL ? data.href : typeof data === 'string' ? data : JSON.stringify(data);
  return `\`${text}\``;
}
