import {
  type Config,
  ConfigError,
  type Environment,
  type NamedContents,
  parseConfig,
} from '../config/config.ts';
import { readTrustedDocuments } from '../server/documents/trusted/open-trusted-documents.ts';

/**
 * Reads the configuration.
 * @param readFile gives a file's text; throws when it can't
 * @throws ConfigError that names every problem at once, those of what it names among them
 */
export async function readConfig(env: Environment, readFile: (path: string) => string): Promise<Config> {
  try {
    return parseConfig(env, readFile);
  } catch (error) {
    if (!(error instanceof ConfigError && error.contents)) throw error;
    throw new ConfigError([...error.problems, ...(await problemsOfContents(error.contents, env))]);
  }
}

/** What is wrong with the trusted documents, and with the settings of the sandbox where that is used. */
export async function problemsOfContents(
  { upstreamKind, trustedDocuments }: NamedContents,
  env: Environment,
): Promise<readonly string[]> {
  const trusted = trustedDocuments === null ? null : await readTrustedDocuments(trustedDocuments);
  const problems =
    trusted?.ok === false ? trusted.failure.map((problem) => `TRUSTED_DOCUMENTS ${problem}.`) : [];
  if (upstreamKind === 'scenario') return problems;
  const { parseEmbeddedSandboxOptions } = await import('../sandbox/sandbox-options.ts');
  const sandbox = parseEmbeddedSandboxOptions(env);
  return sandbox.ok ? problems : [...problems, ...sandbox.problems];
}
