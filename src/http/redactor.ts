/**
 * Makes a function that takes these texts out of a text, also where they are encoded in base64 or for a URL.
 * @param secrets empty ones are passed over
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap(formsOf));
  forms.delete('');
  // The longest first: a secret may be a part of another.
  const ordered = [...forms].toSorted((a, b) => b.length - a.length);
  return (text) => ordered.reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [secret, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
  return forms.flatMap((form) => [form, encodeURIComponent(form)]);
}
