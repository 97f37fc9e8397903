/**
 * Makes a function that takes these texts out of a text, also where they are encoded in base64 or hex, or for a URL or
 * JSON. What holds none of them comes back as it is.
 * @param secrets empty ones are passed over
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap(formsOf));
  forms.delete('');
  if (forms.size === 0) return (text) => text;
  // The longest first: a secret may be a part of another.
  const ordered = [...forms].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(ordered.map(escapeForPattern).join('|'), 'g');
  return (text) => text.replace(pattern, '[redacted]');
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const encoded = [
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
  const forms = [secret, ...encoded];
  // A line of JSON may quote JSON.
  const quoted = escapeForJson(secret);
  return [...forms, ...forms.map(encodeURIComponent), quoted, escapeForJson(quoted)];
}

function escapeForJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
