import { expect } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { type SdkCall, startSdkCaller } from './sdk-caller.ts';

/** One thing to do, said to both clients. */
export interface WireCase {
  readonly what: string;
  readonly sdk: readonly SdkCall[];
  readonly gateway: { readonly document: string; readonly variables: object };
  /** Where the gateway sends no content type and the SDK does. */
  readonly untyped?: true;
}

/** Scenario's own client and the gateway before one upstream. */
export interface Witness extends AsyncDisposable {
  /** What the SDK sends for this. */
  bySdk(wireCase: WireCase): Promise<ReceivedRequest[]>;
  /** What the gateway sends for the same. */
  byGateway(wireCase: WireCase): Promise<ReceivedRequest[]>;
}

/** Starts both before an upstream that answers so. @param project id that goes along with every call */
export async function openWitness(answer: Answer, project: string | null): Promise<Witness> {
  await using opened = new AsyncDisposableStack();
  const upstream = await startScriptedUpstream(answer);
  opened.defer(() => upstream.close());
  const sdk = opened.use(await startSdkCaller(upstream.url));
  const environment = project === null ? {} : { SCENARIO_PROJECT_ID: project };
  const gateway = opened.use(await startGateway(upstream.url, environment));
  const during = async (act: Promise<void>) => {
    await act;
    return upstream.requests.splice(0);
  };
  const ask = async ({ gateway: { document, variables } }: WireCase) => {
    const { body } = await gateway.query(document, variables);
    expect(body).not.toHaveProperty('errors');
  };
  const named = project === null ? {} : { project_id: project };
  const makeAll = async ({ sdk: calls }: WireCase) => {
    for (const call of calls) await sdk.make({ ...call, arguments: { ...call.arguments, ...named } });
  };
  const both = opened.move();
  return {
    byGateway: (wireCase) => during(ask(wireCase)),
    bySdk: (wireCase) => during(makeAll(wireCase)),
    [Symbol.asyncDispose]: () => both.disposeAsync(),
  };
}
