import { z } from 'zod';
import { faultsSchema } from './faults.ts';
import type { SandboxOptions } from './start-sandbox.ts';
import { describeIssues } from './wire.ts';

export type ParsedSandboxOptions = { ok: true; options: SandboxOptions } | { ok: false; problems: string[] };

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});

const embedded = z.object({
  SANDBOX_FILE: z.string().optional(),
  SANDBOX_FAULTS: json.pipe(faultsSchema).optional(),
});

const standalone = embedded.extend({
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .pipe(z.number().max(65_535, 'must be 65535 at most'))
    .default(4010),
  SANDBOX_KEY: z
    .string()
    .regex(/^[^:]*$/, 'must not hold a colon')
    .default('sandbox'),
  SANDBOX_SECRET: z.string().default('sandbox'),
});

/**
 * Reads the options of a sandbox that runs alone: `SANDBOX_FILE`, `SANDBOX_FAULTS`, `HOST`, `PORT`, `SANDBOX_KEY` and
 * `SANDBOX_SECRET`. An empty variable counts as absent. Names every problem, never a value.
 */
export function parseSandboxOptions(env: Record<string, string | undefined>): ParsedSandboxOptions {
  const result = standalone.safeParse(withoutEmpty(env));
  if (!result.success) return { ok: false, problems: describeIssues(result.error) };
  const { SANDBOX_FILE: file, SANDBOX_FAULTS: faults, HOST: host, PORT: port } = result.data;
  const credentials = { key: result.data.SANDBOX_KEY, secret: result.data.SANDBOX_SECRET };
  return { ok: true, options: { file, faults, host, port, credentials } };
}

/** The same for a sandbox inside another process, whose `HOST` and `PORT` are not the sandbox's. */
export function parseEmbeddedSandboxOptions(env: Record<string, string | undefined>): ParsedSandboxOptions {
  const result = embedded.safeParse(withoutEmpty(env));
  if (!result.success) return { ok: false, problems: describeIssues(result.error) };
  return { ok: true, options: { file: result.data.SANDBOX_FILE, faults: result.data.SANDBOX_FAULTS } };
}

function withoutEmpty(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
