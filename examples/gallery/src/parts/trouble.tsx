import { useEffect, useState } from 'react';
import type { Problem } from '../problems.ts';

const TITLES: Partial<Record<Problem['code'], string>> = {
  RATE_LIMITED: 'One moment',
  OVERLOADED: 'One moment',
  NOT_FOUND: 'Not here',
  INSUFFICIENT_SCOPE: 'Not for you',
  FORBIDDEN: 'Not for you',
};

interface Props {
  readonly problem: Problem;
  retry(): void;
}

/** Takes the place of what could not be loaded; tries again by itself where the gateway tells when. */
export function Trouble({ problem, retry }: Props) {
  return (
    <div className="trouble" role="alert">
      <h2>{TITLES[problem.code] ?? 'That did not work'}</h2>
      <p>{problem.text}</p>
      <Retry key={problem.retryAfterMs} problem={problem} retry={retry} />
    </div>
  );
}

export function Retry({ problem, retry }: Props) {
  const [secondsLeft, setSecondsLeft] = useState(() => secondsToWait(problem));
  useEffect(() => {
    if (secondsLeft === 0) return undefined;
    const timer = setTimeout(() => {
      setSecondsLeft(secondsLeft - 1);
      if (secondsLeft === 1) retry();
    }, 1_000);
    return () => clearTimeout(timer);
  }, [secondsLeft, retry]);
  return (
    <button type="button" onClick={retry}>
      Try again{secondsLeft > 0 && ` (in ${secondsLeft} s by itself)`}
    </button>
  );
}

/** How long to wait before it tries by itself: only where the others' turn is over by then, not in an outage. */
function secondsToWait({ code, retryAfterMs = 0 }: Problem): number {
  return code === 'RATE_LIMITED' || code === 'OVERLOADED' ? Math.ceil(retryAfterMs / 1_000) : 0;
}
