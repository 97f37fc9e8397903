import { startGateway } from './contestants.ts';
import { DOCUMENT_FORMS, type DocumentForm } from './document-forms.ts';
import { enter, type Meter } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { comparePair, type Pair } from './rounds.ts';

/** What a form of a document costs beside the plain one. */
export interface FormOutcome {
  readonly form: DocumentForm;
  readonly pairs: Pair[];
}

/** Lets forms of documents take turns with the plain ones before the same gateway, a fresh one in each round. */
export async function runDocuments(
  meter: Meter,
  upstreamUrl: string,
  { rounds, seconds }: BenchOptions,
): Promise<readonly FormOutcome[]> {
  const stretches = { warmSeconds: 2, seconds: 0.5, turns: 2 * seconds, maxTurns: 4 * seconds };
  const outcomes = DOCUMENT_FORMS.map((form): FormOutcome => ({ form, pairs: [] }));
  for (let round = 0; round < rounds; round += 1) {
    const contestant = await startGateway(upstreamUrl, { kind: 'plain', hasMetrics: true });
    try {
      for (const { form, pairs } of outcomes) {
        const entries = {
          base: await enter(contestant, form.plain),
          gateway: await enter(contestant, form.form),
        };
        pairs.push(...(await comparePair(meter, entries, stretches)));
      }
    } finally {
      await contestant.running.stop();
    }
  }
  return outcomes;
}
