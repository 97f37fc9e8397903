import { KEY, SECRET } from './gateway.ts';

/** Stands in every body that a faulty upstream sends: no answer and no log line may repeat it. */
export const BODY_CANARY = 'canary-raw-body';

const encodings: ReadonlyArray<(value: string) => string> = [
  (value) => value,
  encodeURIComponent,
  (value) => Buffer.from(value).toString('base64'),
  (value) => Buffer.from(value).toString('base64url'),
  (value) => Buffer.from(value).toString('hex'),
];

const FORBIDDEN_TEXTS = [
  ...[KEY, SECRET, `${KEY}:${SECRET}`].flatMap((secret) => encodings.map((encode) => encode(secret))),
  BODY_CANARY,
  // Every server of these tests is on the loopback, and nothing has a reason to say so.
  '127.0.0.1',
  'upstream.invalid',
  process.cwd(),
  'node_modules',
  'node:internal',
  '"stack"',
  '"remotePort"',
];
const FORBIDDEN_FORMS = [
  /authorization/i,
  /\bBasic [A-Za-z0-9+/]/,
  /\bat (?:async )?[\w.#<>]+ \(/,
  /\.[jt]s:\d+/,
  /file:\/\//,
];

// The caller's own address, which is the same as the upstream's in a test.
const CALLER = '"caller":"127.0.0.1"';

/** What of a text ought never to leave the gateway; empty when it is clean. */
export function findLeaks(said: string): string[] {
  const text = said.replaceAll(CALLER, '');
  return [
    ...FORBIDDEN_TEXTS.filter((forbidden) => text.includes(forbidden)),
    ...FORBIDDEN_FORMS.flatMap((form) => form.exec(text)?.[0] ?? []),
  ];
}
