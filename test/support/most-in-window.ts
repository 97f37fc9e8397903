/** The most of these moments that any window holds. @param moments in milliseconds */
export function mostInWindow(moments: readonly number[], windowMs: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let [first, most] = [0, 0];
  for (const [index, moment] of sorted.entries()) {
    while ((sorted[first] ?? moment) <= moment - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
