import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/** Calls once when an element comes into sight, or as near to it as the margin. @returns the ref of the element */
export function useSight<Seen extends Element>(call: () => void, rootMargin = '0px'): RefObject<Seen | null> {
  const seen = useRef<Seen>(null);
  const onSight = useEffectEvent(call);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        onSight();
      },
      { rootMargin },
    );
    if (seen.current !== null) observer.observe(seen.current);
    return () => observer.disconnect();
  }, [rootMargin]);
  return seen;
}
