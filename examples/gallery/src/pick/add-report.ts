import type { AddMutation, ErrorCode, TileFragment } from '../__generated__/graphql.ts';
import { describeCode } from '../problems.ts';

/** What became of assets that were to be added; ids are Scenario ids. */
export interface AddReport {
  readonly added: number;
  readonly present: number;
  readonly failures: readonly { readonly id: string; readonly text: string }[];
  /** What was not tried, or may or may not have been done: to be tried again. */
  readonly left: readonly string[];
  /** Why it stopped before the end. */
  readonly stop: string | null;
}

export const NOTHING: AddReport = { added: 0, present: 0, failures: [], left: [], stop: null };

/** The report with the result for these assets. A bad id costs only itself; all else stops the run. */
export function withResult(
  report: AddReport,
  assets: readonly TileFragment[],
  result: NonNullable<AddMutation['result']>,
): AddReport {
  switch (result.__typename) {
    case 'AddAssetsToCollectionPayload':
      return {
        ...report,
        added: report.added + result.addedIds.length,
        present: report.present + result.alreadyPresentIds.length,
      };
    case 'PartiallyAppliedError': {
      const left = [...result.unknownIds, ...result.notAttemptedIds];
      const failures = result.failures.map(({ id, code, message }) => ({
        id,
        text: describeCode(code, message),
      }));
      return {
        ...report,
        added: report.added + result.appliedIds.length,
        failures: [...report.failures, ...failures],
        left: [...report.left, ...left],
        stop: left.length > 0 ? whyItStopped(result) : null,
      };
    }
    case 'ConflictError':
    case 'InvalidInputError':
    case 'NotFoundError':
      return withStop(report, assets, whyItStopped(result));
    default:
      return result satisfies never;
  }
}

/** The report when these assets are left. */
export function withStop(report: AddReport, assets: readonly TileFragment[], stop: string): AddReport {
  return { ...report, left: [...report.left, ...assets.map(({ scenarioId }) => scenarioId)], stop };
}

function whyItStopped({ code, message }: { readonly code: ErrorCode; readonly message: string }): string {
  // Unlike other writes, this one may be repeated without a look.
  if (code === 'WRITE_OUTCOME_UNKNOWN')
    return 'No answer came for them: they may be in it or not. Adding again does no harm.';
  return describeCode(code, message);
}
