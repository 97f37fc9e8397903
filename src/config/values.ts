import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback } from '../http/loopback.ts';
import { isOrigin } from '../server/edge/origin.ts';
import { parseRedisUrl } from '../shared/redis-target.ts';

/** A whole number; `fallback` when the variable is not set. */
export function integer(min: number, max: number, fallback: number) {
  const message = `must be a whole number from ${min} to ${max}`;
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

export const text = z.string().trim().min(1);

export const host = text.refine(
  (value) => isIP(value) !== 0 || /^[A-Za-z0-9.-]{1,253}$/.test(value),
  'must be an IP address or a host name',
);

export const httpUrl = z
  .string()
  .refine(isPlainHttpUrl, 'must be an http(s) URL without credentials, query or fragment')
  .transform((value) => new URL(value));

export const redisUrl = text.transform((value, context) => {
  const target = parseRedisUrl(value);
  if (target) return target;
  context.addIssue(
    'must be redis://host, redis+cluster://host,host or redis+sentinel://host,host/name, or rediss for TLS',
  );
  return z.NEVER;
});

/** The URL of a proxy, which may hold credentials. */
export const proxyUrl = z
  .string()
  .refine(isProxyUrl, 'must be an http(s) URL such as http://user:password@proxy.example.com:3128')
  .transform((value) => new URL(value));

/** Hosts with commas or blanks between. */
export const hosts = z.string().transform((list) => list.split(/[\s,]+/).filter((entry) => entry !== ''));

/** Exact origins with commas between. */
export const origins = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  )
  .refine(
    (list) => list.every(isOrigin),
    'must be exact origins such as https://app.example.com, with commas between and no wildcard',
  );

/** Whether what is sent there would cross a network in plain text. */
export function isInsecure(url: URL): boolean {
  return url.protocol === 'http:' && !isLoopback(url.hostname);
}

function isPlainHttpUrl(value: string): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

function isProxyUrl(value: string): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  const { pathname, search, hash, username, password } = new URL(value);
  return pathname === '/' && search === '' && hash === '' && isDecodable(username) && isDecodable(password);
}

function isDecodable(encoded: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(encoded);
}
