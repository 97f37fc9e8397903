import { decodeComponent } from '../../shared/decode-component.ts';
import { parseRedisUrl } from '../../shared/redis-target.ts';

/** For a value that is secret as a whole. */
export function wholeText(value: string): readonly string[] {
  return [value];
}

/** For the URL of a Redis: its passwords are sent by themselves, and with the user's name. */
export function passwordsInRedisUrl(url: string): readonly string[] {
  const parsed = parseRedisUrl(url);
  if (!parsed.ok) return [url];
  const target = parsed.value;
  const logins = target.kind === 'sentinel' ? [target, target.sentinelLogin] : [target];
  const passwords = logins.flatMap(({ username, password }) =>
    password === null ? [] : [password, encodeURIComponent(password), `${username ?? ''}:${password}`],
  );
  return [url, ...passwords];
}

/** For the URL of a proxy: its password is sent with the user's name. */
export function passwordInProxyUrl(url: string): readonly string[] {
  if (!URL.canParse(url)) return [url];
  const { username, password } = new URL(url);
  if (password === '') return [url];
  const plain = decodeComponent(password);
  return [url, password, plain, `${decodeComponent(username)}:${plain}`];
}

/** For API keys, which are given by their SHA-256. */
export function digestsInJson(json: string): readonly string[] {
  return [json, ...(json.match(/[0-9a-f]{64}/gi) ?? [])];
}

/** For headers as OpenTelemetry has them: `name=value,name=value`, encoded as in a URL. */
export function valuesOfHeaders(list: string): readonly string[] {
  return list.split(',').map((header) => decodeComponent(header.slice(header.indexOf('=') + 1).trim()));
}
