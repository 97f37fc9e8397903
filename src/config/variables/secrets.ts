/** For a value that is secret as a whole. */
export function wholeText(value: string): readonly string[] {
  return [value];
}

/** For a URL with a password: it is sent by itself, and with the user's name. */
export function passwordInUrl(url: string): readonly string[] {
  if (!URL.canParse(url)) return [url];
  const { username, password } = new URL(url);
  if (password === '') return [url];
  const plain = decode(password);
  return [url, password, plain, `${decode(username)}:${plain}`];
}

/** For API keys, which are given by their SHA-256. */
export function digestsInJson(json: string): readonly string[] {
  return [json, ...(json.match(/[0-9a-f]{64}/gi) ?? [])];
}

/** For headers as OpenTelemetry has them: `name=value,name=value`, encoded as in a URL. */
export function valuesOfHeaders(list: string): readonly string[] {
  return list.split(',').map((header) => decode(header.slice(header.indexOf('=') + 1).trim()));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
