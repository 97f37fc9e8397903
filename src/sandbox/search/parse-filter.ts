import { badRequest } from '../api-error.ts';
import { type Filter, isComparison } from './filter.ts';
import { type FilterToken, filterTokens, invalidFilter } from './filter-tokens.ts';

/**
 * Reads a filter such as `kind = "image" AND (tags = hero OR NOT collectionIds = "col_x")`. OR binds least, then AND, then
 * NOT; keywords are written in any case. Throws the API's 400s.
 */
export function parseFilter(text: string, fields: ReadonlySet<string>): Filter {
  return new FilterParser(filterTokens(text), fields).parse();
}

class FilterParser {
  readonly #tokens: readonly FilterToken[];
  readonly #fields: ReadonlySet<string>;
  #at = 0;

  constructor(tokens: readonly FilterToken[], fields: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.#fields = fields;
  }

  parse(): Filter {
    const filter = this.#any();
    if (this.#at < this.#tokens.length) throw invalidFilter();
    return filter;
  }

  #any(): Filter {
    const parts = [this.#all()];
    while (this.#take('word', 'OR')) parts.push(this.#all());
    return { kind: 'or', parts };
  }

  #all(): Filter {
    const parts = [this.#one()];
    while (this.#take('word', 'AND')) parts.push(this.#one());
    return { kind: 'and', parts };
  }

  #one(): Filter {
    if (this.#take('word', 'NOT')) return { kind: 'not', part: this.#one() };
    if (!this.#take('sign', '(')) return this.#condition();
    const inner = this.#any();
    this.#expect('sign', ')');
    return inner;
  }

  #condition(): Filter {
    const field = this.#field();
    if (this.#take('word', 'IS')) return this.#emptiness(field);
    if (this.#take('word', 'NOT')) return { kind: 'not', part: this.#choice(field) };
    const sign = this.#tokens[this.#at]?.text;
    if (sign === undefined || !isComparison(sign)) return this.#choice(field);
    this.#at += 1;
    return { kind: 'compare', field, sign, value: this.#value() };
  }

  #emptiness(field: string): Filter {
    const isNot = this.#take('word', 'NOT');
    this.#expect('word', 'EMPTY');
    const part: Filter = { kind: 'empty', field };
    return isNot ? { kind: 'not', part } : part;
  }

  #choice(field: string): Filter {
    this.#expect('word', 'IN');
    this.#expect('sign', '[');
    const values = [this.#value()];
    while (this.#take('sign', ',')) values.push(this.#value());
    this.#expect('sign', ']');
    return { kind: 'in', field, values };
  }

  #field(): string {
    const field = this.#next('word');
    if (this.#fields.has(field)) return field;
    throw badRequest(`${field} is not a filterable field`);
  }

  #value(): string {
    return this.#tokens[this.#at]?.kind === 'quoted' ? this.#next('quoted') : this.#next('word');
  }

  #next(kind: FilterToken['kind']): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) throw invalidFilter();
    this.#at += 1;
    return token.text;
  }

  #take(kind: FilterToken['kind'], text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind || token.text.toUpperCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(kind: FilterToken['kind'], text: string): void {
    if (!this.#take(kind, text)) throw invalidFilter();
  }
}
