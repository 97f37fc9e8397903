import { badRequest } from '../api-error.ts';

export interface FilterToken {
  readonly kind: 'word' | 'quoted' | 'sign';
  readonly text: string;
}

const TOKEN =
  /\s*(?:(?<sign><=|>=|!=|[=<>()[\],])|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<word>[^\s=<>!()[\],"']+))/suy;

/** Cuts a filter into words, quoted values and signs; throws the API's 400 for what is none of them. */
export function filterTokens(filter: string): FilterToken[] {
  const text = filter.trimEnd();
  const tokens: FilterToken[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw invalidFilter();
    tokens.push(tokenOf(groups));
  }
  return tokens;
}

export function invalidFilter(): Error {
  return badRequest('Invalid filter syntax');
}

function tokenOf({ sign, double, single, word }: Record<string, string | undefined>): FilterToken {
  if (sign !== undefined) return { kind: 'sign', text: sign };
  if (word !== undefined) return { kind: 'word', text: word };
  return { kind: 'quoted', text: (double ?? single ?? '').replaceAll(/\\(.)/gsu, '$1') };
}
