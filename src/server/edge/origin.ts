// Apps that bring their own browser have schemes of their own: capacitor://localhost, chrome-extension://abc.
const OF_AN_APP = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._-]{1,253}(:\d{1,5})?$/;
const LOOPBACK =
  /^[a-z][a-z0-9+.-]*:\/\/(([a-z0-9-]{1,63}\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/;
const MAX_SHOWN_LENGTH = 200;

/** Whether a text is the origin of some page, exactly as browsers send it. */
export function isOrigin(text: string): boolean {
  if (!/^https?:/.test(text)) return OF_AN_APP.test(text);
  return !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
}

/** Whether a page comes from this machine, whatever its port. */
export function isLoopbackOrigin(text: string): boolean {
  return LOOPBACK.test(text);
}

/** What may stand in a log of an `Origin` that anybody can send: no credentials, nothing that is not plain. */
export function showOrigin(text: string): string {
  const plain = text.replace(/\/\/.*@/, '//').replaceAll(/[^A-Za-z0-9+.:/_[\]-]/g, '?');
  return plain.slice(0, MAX_SHOWN_LENGTH);
}
