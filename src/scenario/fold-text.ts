const ASCII = /^[\u0020-\u007e]*$/;
const ACCENTS = /[\u0300-\u036f]/g;
// Letters that are made of no accent, but that people type without the stroke.
const PLAIN: Readonly<Record<string, string>> = { Æ: 'AE', Ð: 'D', Đ: 'D', Ħ: 'H', Ł: 'L', Ø: 'O', Œ: 'OE' };
const STROKED = /[ÆÐĐĦŁØŒ]/g;

/** The text without case and accents, for comparison: texts that differ in nothing else become equal. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  const bare = text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC');
  return bare.toUpperCase().replace(STROKED, (letter) => PLAIN[letter] ?? letter);
}

/** The words of a text, each folded. */
export function foldWords(text: string): string[] {
  return text.split(/\s+/u).map(foldText).filter(Boolean);
}
