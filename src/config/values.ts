import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback } from '../http/loopback.ts';
import { isOrigin } from '../server/edge/origin.ts';
import { parseRedisUrl } from '../shared/redis-target.ts';

/** A whole number; `fallback` when the variable is not set. */
export function integer(min: number, max: number, fallback: number) {
  return numberOf('whole number', min, max, fallback);
}

/** A time in milliseconds; `fallback` when the variable is not set. */
export function milliseconds(min: number, max: number, fallback: number) {
  return numberOf('whole number of milliseconds', min, max, fallback);
}

/** A size in bytes; `fallback` when the variable is not set. */
export function bytes(min: number, max: number, fallback: number) {
  return numberOf('whole number of bytes', min, max, fallback);
}

function numberOf(form: string, min: number, max: number, fallback: number) {
  const message = `must be a ${form} from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
    .default(fallback);
}

export function flag(fallback: boolean) {
  return z
    .enum(['true', 'false'], 'must be true or false')
    .transform((value) => value === 'true')
    .default(fallback);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

export const text = z.string().trim().min(1, 'must not be blank');

export const host = text.refine(
  (value) => isIP(value) !== 0 || /^[A-Za-z0-9.-]{1,253}$/.test(value),
  'must be an IP address or a host name',
);

export const httpUrl = urlThat((url) => ({
  'must hold no credentials': url.username !== '' || url.password !== '',
  'must have no query': url.search !== '',
  'must have no fragment': url.hash !== '',
}));

/** The part of a URL that `httpUrl` takes, whatever else it has; `undefined` when there is none. */
export function withoutExtras(value: string): string | undefined {
  const url = parseHttpUrl(value);
  return url ? `${url.origin}${url.pathname}` : undefined;
}

export const redisUrl = text.transform((value, context) => {
  const target = parseRedisUrl(value);
  if (target.ok) return target.value;
  for (const problem of target.failure) context.addIssue(problem);
  return z.NEVER;
});

/** The URL of a proxy, which may hold credentials. */
export const proxyUrl = urlThat(
  ({ pathname, search, hash, username, password }) => ({
    'must be an http(s) URL without a path': pathname !== '/',
    'must be an http(s) URL without a query or fragment': search !== '' || hash !== '',
    'must be an http(s) URL whose user and password are percent-encoded': !isDecodable(username + password),
  }),
  'must be an http(s) URL such as http://user:password@proxy.example.com:3128',
);

/** Hosts with commas or blanks between. */
export const hosts = z.string().transform((list) => list.split(/[\s,]+/).filter((entry) => entry !== ''));

const origin = z
  .string()
  .refine(isOrigin, 'must be an exact origin such as https://app.example.com, without a path or a wildcard');

/** Exact origins with commas between. */
export const origins = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .pipe(z.array(origin));

/** Whether what is sent there would cross a network in plain text. */
export function isInsecure(url: URL): boolean {
  return url.protocol === 'http:' && !isLoopback(url.hostname);
}

/**
 * A URL that is to be http(s).
 * @param faultsOf tells of each thing that may be wrong besides whether it is
 */
function urlThat(
  faultsOf: (url: URL) => Readonly<Record<string, boolean>>,
  form = 'must be an http(s) URL such as https://example.com',
) {
  return z.string().transform((value, context) => {
    const url = parseHttpUrl(value);
    const faults = url ? faultsOf(url) : { [form]: true };
    const found = Object.entries(faults).filter(([, isFault]) => isFault);
    for (const [problem] of found) context.addIssue(problem);
    return url && found.length === 0 ? url : z.NEVER;
  });
}

function parseHttpUrl(value: string): URL | null {
  return /^https?:\/\//.test(value) && URL.canParse(value) ? new URL(value) : null;
}

function isDecodable(encoded: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(encoded);
}
