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
  SANDBOX_PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[^/?#@\s]+\/?$/, 'must be an address such as http://localhost:4000')
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
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
 * Reads the options of a sandbox that runs alone: `SANDBOX_FILE`, `SANDBOX_FAULTS`, `SANDBOX_PUBLIC_URL`, `HOST`, `PORT`,
 * `SANDBOX_KEY` and `SANDBOX_SECRET`. An empty variable counts as absent. Names every problem, never a value.
 */
export function parseSandboxOptions(env: Record<string, string | undefined>): ParsedSandboxOptions {
  const result = standalone.safeParse(withoutEmpty(env));
  if (!result.success) return { ok: false, problems: describeIssues(result.error) };
  const { HOST: host, PORT: port, SANDBOX_KEY: key, SANDBOX_SECRET: secret } = result.data;
  return { ok: true, options: { ...embeddedOptions(result.data), host, port, credentials: { key, secret } } };
}

/** The same for a sandbox inside another process, whose `HOST` and `PORT` are not the sandbox's. */
export function parseEmbeddedSandboxOptions(env: Record<string, string | undefined>): ParsedSandboxOptions {
  const result = embedded.safeParse(withoutEmpty(env));
  if (!result.success) return { ok: false, problems: describeIssues(result.error) };
  return { ok: true, options: embeddedOptions(result.data) };
}

function embeddedOptions(variables: z.output<typeof embedded>): SandboxOptions {
  return {
    file: variables.SANDBOX_FILE,
    faults: variables.SANDBOX_FAULTS,
    publicUrl: variables.SANDBOX_PUBLIC_URL,
  };
}

function withoutEmpty(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
