import { z } from 'zod';
import { callerVariables } from './caller-variables.ts';
import { documentLimitVariables, trustedDocumentVariables } from './document-variables.ts';
import { listenerVariables } from './listener-variables.ts';
import { memoryVariables } from './memory-variables.ts';
import { operationVariables } from './operation-variables.ts';
import { proxyVariables } from './proxy-variables.ts';
import { quotaVariables } from './quota-variables.ts';
import { logVariables, traceVariables } from './telemetry-variables.ts';
import { upstreamVariables } from './upstream-variables.ts';
import type { Mode } from './variable.ts';

/** The table: every variable once, with its name, check, default and meaning, in the order of the documentation. */
export function variablesFor(mode: Mode) {
  return z.object({
    upstream: upstreamVariables(),
    proxyRules: proxyVariables(),
    listeners: listenerVariables(mode),
    callers: callerVariables(mode),
    operations: operationVariables(),
    quotas: quotaVariables(),
    documentLimits: documentLimitVariables(),
    trustedDocuments: trustedDocumentVariables(),
    memory: memoryVariables(),
    logs: logVariables(),
    traces: traceVariables(),
  });
}

/** What the variables say, each checked by itself. */
export type Settings = z.output<ReturnType<typeof variablesFor>>;
