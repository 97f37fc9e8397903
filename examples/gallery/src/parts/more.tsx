import type { ErrorLike } from '@apollo/client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { problemOf } from '../problem-of.ts';
import type { Problem } from '../problems.ts';
import { Retry } from './trouble.tsx';

interface Props {
  /** Fetches the next page. @returns what went wrong; rows may have come all the same */
  load(): Promise<{ readonly error?: ErrorLike | undefined }>;
}

/**
 * The end of a list that goes on: loads the next page when it comes into sight, and stops at a failure until asked
 * again. Give it another `key` whenever the list has grown.
 */
export function More({ load }: Props) {
  const mark = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const loadNext = async () => {
    setProblem(null);
    const error = await load().then(
      (result) => result.error,
      (failure: unknown) => failure,
    );
    if (error !== undefined) setProblem(problemOf(error));
  };
  const onSight = useEffectEvent(() => void loadNext());
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        onSight();
      },
      { rootMargin: '400px' },
    );
    if (mark.current !== null) observer.observe(mark.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="more" ref={mark} role="status">
      {problem === null ? (
        'Loading more…'
      ) : (
        <>
          <p>More could not be loaded. {problem.text}</p>
          <Retry problem={problem} retry={() => void loadNext()} />
        </>
      )}
    </div>
  );
}
