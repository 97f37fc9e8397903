/**
 * What to do about an error of a listener that another process keeps from its port; `null` of any other error.
 * @param variable names the port
 */
export function describePortInUse(error: unknown, variable = 'PORT'): string | null {
  const isInUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error;
  return isInUse ? `Port ${String(error.port)} is in use: set ${variable} to another one.` : null;
}
