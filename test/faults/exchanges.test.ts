import { describe, expect, test } from 'vitest';
import type { Ledger } from '../support/ledger.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import type { Answer } from '../support/scripted-upstream.ts';
import { FAULT_CASES, type FaultCase } from './cases.ts';
import { openFaultBench } from './fault-bench.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import type { Expectation, Result } from './results.ts';

const READS_AND_WRITES: readonly OperationName[] = ['read', 'rename', 'delete', 'add', 'create'];
const WRITES = READS_AND_WRITES.filter((operation) => operation !== 'read');

const isProbe = ({ path }: ReceivedRequest): boolean => path.endsWith('/col_healthy');

/** Fails as the case says for so many requests, and is honest behind. */
function scriptOf({ play }: FaultCase, when: FaultCase['when'], times: number): (ledger: Ledger) => Answer {
  let failed = 0;
  return (ledger) => (request) => {
    failed += 1;
    if (isProbe(request) || failed > times) return ledger.serve(request);
    if (when === 'after applying') ledger.apply(request);
    return play(request);
  };
}

interface Scenario {
  readonly title: string;
  readonly column: keyof Expectation;
  readonly times: number;
  readonly operations: readonly OperationName[];
  when(fault: FaultCase): FaultCase['when'];
}

describe.concurrent.each<Scenario>([
  {
    title: 'every time',
    column: 'always',
    times: Number.POSITIVE_INFINITY,
    operations: READS_AND_WRITES,
    when: (fault) => fault.when,
  },
  {
    title: 'once, nothing applied',
    column: 'once',
    times: 1,
    operations: READS_AND_WRITES,
    when: () => 'before applying',
  },
  {
    title: 'once, after applying',
    column: 'applied',
    times: 1,
    operations: WRITES,
    when: () => 'after applying',
  },
])('$title', ({ column, times, operations, when }) => {
  const rows = FAULT_CASES.flatMap((fault) => {
    const results = fault.expected[column];
    if (results === null) return [];
    return operations.map(
      (operation): [title: string, fault: FaultCase, operation: OperationName, result: Result] => {
        const [outcome, calls] = results[operation];
        return [
          `${fault.fault}: ${operation} is told ${outcome} after ${calls} call(s)`,
          fault,
          operation,
          results[operation],
        ];
      },
    );
  });
  test.each(rows)('%s', async (_title, fault, operation, result) => {
    await using bench = await openFaultBench(scriptOf(fault, when(fault), times));
    const told = await bench.ask(operation);
    expect([told.outcome, bench.upstream.requests.length]).toEqual(result);
    await bench.expectAftermath(told);
  });
});

test('every operation of the suite is in its tables', () => {
  expect(READS_AND_WRITES.toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
});
