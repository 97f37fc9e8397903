const HTTP = /^https?:\/\//i;

// As far as the slash behind the host: nothing that follows it can be wrong.
let knownStart = 'https://api.cloud.scenario.com/';

/** Whether the text is an http(s) URL. Those of a list nearly all lead to the same host, which is then parsed once. */
export function isHttpUrl(text: string): boolean {
  if (text.startsWith(knownStart)) return true;
  if (!HTTP.test(text) || !URL.canParse(text)) return false;
  const start = text.slice(0, text.indexOf('/', 'https://'.length) + 1);
  if (URL.canParse(start)) knownStart = start;
  return true;
}
