const MAX_DEPTH = 1_000;
const SHORT_CHARS = 100_000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses what the upstream sent. Throws a SyntaxError for what is no JSON, and for a long text whose arrays and objects
 * nest deeper than 1,000 levels: `JSON.parse` grows a stack with each level and would block for 400 ms over a megabyte of
 * open brackets, where the look ahead takes 3.
 */
export function parseJson(text: string): unknown {
  if (text.length > SHORT_CHARS && isDeep(text)) throw new SyntaxError('The JSON nests too deeply.');
  return JSON.parse(text);
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

// Either bracket and its brace differ in the bit 0x20.
function isOpening(code: number): boolean {
  return (code | 0x20) === 0x7b;
}

function isClosing(code: number): boolean {
  return (code | 0x20) === 0x7d;
}
