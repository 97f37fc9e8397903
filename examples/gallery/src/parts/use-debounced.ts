import { useEffect, useState } from 'react';

const PAUSE_MS = 150;

/** The value as it was when it last rested for a moment, so that not each key makes a request. */
export function useDebounced(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
