import { getNumberFromEnv, getStringFromEnv } from '@opentelemetry/core';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { Logger } from '../shared/logger.ts';

const PARENT_BASED = 'parentbased_';
const DEFAULT_SAMPLER = 'parentbased_always_on';

/** Reads `OTEL_TRACES_SAMPLER` and its argument, which the SDK leaves to its users. What it does not know is the default. */
export function readSampler(logger: Logger): Sampler {
  const name = getStringFromEnv('OTEL_TRACES_SAMPLER') ?? DEFAULT_SAMPLER;
  const isParentBased = name.startsWith(PARENT_BASED);
  const root = rootSampler(isParentBased ? name.slice(PARENT_BASED.length) : name);
  if (root) return isParentBased ? new ParentBasedSampler({ root }) : root;
  logger.warn({}, `OTEL_TRACES_SAMPLER is not known: ${DEFAULT_SAMPLER} is used`);
  return new ParentBasedSampler({ root: new AlwaysOnSampler() });
}

function rootSampler(name: string): Sampler | null {
  switch (name) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(getNumberFromEnv('OTEL_TRACES_SAMPLER_ARG') ?? 1);
    default:
      return null;
  }
}
