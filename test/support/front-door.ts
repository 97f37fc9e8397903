import { onTestFinished } from 'vitest';
import { type GraphQLAnswer, startGateway, type TestGateway } from './gateway.ts';
import type { ReceivedRequest } from './received-request.ts';
import {
  type Answer,
  json,
  type Reply,
  type ScriptedUpstream,
  startScriptedUpstream,
} from './scripted-upstream.ts';
import { wireCollection } from './wire-collection.ts';

/** A gateway before a scripted upstream, both for as long as the test runs. */
export interface FrontDoor {
  readonly upstream: ScriptedUpstream;
  readonly gateway: TestGateway;
  readonly query: TestGateway['query'];
  /** Every request that the upstream got, as `METHOD target body`. */
  wire(): string[];
}

/** Opens the front door. @param env further environment variables of the gateway */
export async function openFrontDoor(answer: Answer, env: Record<string, string> = {}): Promise<FrontDoor> {
  const upstream = await startScriptedUpstream(answer);
  const gateway = await startGateway(upstream.url, env);
  onTestFinished(async () => {
    // First, so that no call that hangs is waited for.
    await upstream.close();
    await gateway.end();
  });
  return { upstream, gateway, query: gateway.query, wire: () => upstream.requests.map(toLine) };
}

/** A script that gives one reply after the other, and the last one for ever. */
export function inTurn(...replies: readonly Reply[]): Answer {
  let turn = 0;
  return () => {
    const reply = replies[Math.min(turn, replies.length - 1)];
    turn += 1;
    if (!reply) throw new Error('the script is empty');
    return reply;
  };
}

/** The answer of an endpoint that speaks of one collection. */
export function oneCollection(fields: Record<string, unknown> = {}): Reply {
  return json({ collection: wireCollection(fields) });
}

/** Plays a service in which every collection exists: answers with the id that the path names. */
export const everyCollection: Answer = (request) => oneCollection({ id: collectionIdOf(request) });

/** The id in the path `/v1/collections/{id}…`; that of the new collection where there is none. */
function collectionIdOf({ path }: ReceivedRequest): string {
  return path.split('/')[3] ?? 'col_new';
}

/** The `extensions.code` of every error. */
export function codesOf({ body }: GraphQLAnswer): unknown[] {
  return (body.errors ?? []).map(({ extensions }) => extensions['code']);
}

/** The global id of the collection that the upstream knows by this id. */
export function globalId(scenarioId: string): string {
  return btoa(`Collection:${scenarioId}`);
}

function toLine({ method, target, body }: ReceivedRequest): string {
  return [method, target, body].filter((part) => part !== '').join(' ');
}
