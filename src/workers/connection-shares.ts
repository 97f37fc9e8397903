/** Divides a number of connections between workers: the parts differ by one at most, and their sum is the number. */
export function connectionShares(connections: number, workers: number): readonly number[] {
  const least = Math.floor(connections / workers);
  const rest = connections % workers;
  return Array.from({ length: workers }, (_, place) => (place < rest ? least + 1 : least));
}
