import { type Config, ConfigError, type Environment, parseConfig } from '../../src/config/config.ts';

export const CREDENTIALS = { SCENARIO_SDK_API_KEY: 'canary-key', SCENARIO_SDK_API_SECRET: 'canary-secret' };
/** The least that production takes. */
export const PRODUCTION = { NODE_ENV: 'production', AUTH_MODE: 'none', ...CREDENTIALS };

/** A file system without files. */
export function noFile(path: string): string {
  throw new Error(`ENOENT: ${path}`);
}

/** The configuration of a production process with these further variables. */
export function parseProduction(env: Environment): Config {
  return parseConfig({ ...PRODUCTION, ...env }, noFile);
}

/** The problems that an environment is refused for; empty when it is not. */
export function problemsOf(env: Environment, readFile: (path: string) => string = noFile): string {
  try {
    parseConfig(env, readFile);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
