/** How long a worker may answer from memory after it last asked the primary whether it may. */
export const LEASE_MS = 2_000;
