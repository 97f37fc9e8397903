const CODE = /^[A-Z0-9_]{1,60}$/;

/** What may be logged of a transport error: its code. The message and the fields hold addresses and raw bytes. */
export function errorCode(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && CODE.test(code) ? code : 'UNNAMED';
}
