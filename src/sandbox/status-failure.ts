import { STATUS_CODES } from 'node:http';
import type { ApiFailure } from './api-error.ts';
import type { FaultAction } from './faults.ts';

type StatusAction = Extract<FaultAction, { kind: 'status' }>;

/** The failing answer that a `status` rule asks for. */
export function statusFailure(action: StatusAction): ApiFailure {
  const words = STATUS_CODES[action.status] ?? 'Error';
  const { status, from, errorShape, retryAfter } = action;
  return {
    status,
    name: words.replaceAll(' ', ''),
    reason: words,
    ...ceiling(action),
    from,
    errorShape,
    retryAfter,
  };
}

function ceiling({ planCeiling }: StatusAction): Partial<ApiFailure> {
  switch (planCeiling) {
    case undefined:
      return {};
    case 'action-limit':
      return { reason: 'The limit of your plan is reached', details: { actionLimit: 'collections' } };
    case 'quota-exceeded':
      return { reason: 'QUOTA_EXCEEDED: the quota of your plan is used up', name: 'QUOTA_EXCEEDED' };
    default:
      return planCeiling satisfies never;
  }
}
