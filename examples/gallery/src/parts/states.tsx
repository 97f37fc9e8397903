import { useEffect, useEffectEvent, useState } from 'react';
import type { Problem } from '../gateway/problems.ts';
import { useSight } from './use-sight.ts';

/** Stands where pictures will be, in their size. */
export function Skeletons() {
  return (
    <ul className="grid" aria-busy="true" aria-label="Loading">
      {Array.from({ length: 8 }, (_, at) => (
        <li key={at} className="picture" />
      ))}
    </ul>
  );
}

interface TroubleProps {
  readonly problem: Problem;
  retry(): void;
}

/** Takes the place of what could not be loaded. */
export function Trouble({ problem, retry }: TroubleProps) {
  return (
    <div className="trouble" role="alert">
      <p>{problem.text}</p>
      <Retry key={problem.retryAfterMs} problem={problem} retry={retry} />
    </div>
  );
}

/** Tries again by itself where others' turn is over by then; not in an outage. */
function Retry({ problem: { code, retryAfterMs = 0 }, retry }: TroubleProps) {
  const waitMs = code === 'RATE_LIMITED' || code === 'OVERLOADED' ? retryAfterMs : 0;
  const [secondsLeft, setSecondsLeft] = useState(Math.ceil(waitMs / 1_000));
  const countDown = useEffectEvent(() => {
    setSecondsLeft(secondsLeft - 1);
    if (secondsLeft === 1) retry();
  });
  useEffect(() => {
    const timer = secondsLeft > 0 ? setTimeout(() => countDown(), 1_000) : undefined;
    return () => clearTimeout(timer);
  }, [secondsLeft]);
  return <button onClick={retry}>Try again{secondsLeft > 0 && ` (in ${secondsLeft} s by itself)`}</button>;
}

/**
 * The end of a list that goes on: loads the next page when it comes into sight, and stops at a failure until asked
 * again. Give it another `key` whenever the list has grown.
 *
 * @param load fetches the next page, and tells what went wrong; rows may have come all the same
 */
export function More({ load }: { load(): Promise<Problem | null> }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const loadNext = () => {
    setProblem(null);
    void load().then(setProblem);
  };
  const mark = useSight<HTMLDivElement>(loadNext, '400px');
  return (
    <div className="more" ref={mark} role="status">
      <p>{problem === null ? 'Loading more…' : `More could not be loaded. ${problem.text}`}</p>
      {problem !== null && <Retry problem={problem} retry={loadNext} />}
    </div>
  );
}
