/** A filter as it was understood. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'compare'; readonly field: string; readonly sign: Comparison; readonly value: string }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: 'empty'; readonly field: string };

export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';

/** What a filter can ask of a document: one value, several, or none. */
export type FieldValue = string | number | readonly string[] | undefined;

/** Whether a document passes; `valueOf` gives its fields. */
export function passes(filter: Filter, valueOf: (field: string) => FieldValue): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => passes(part, valueOf));
    case 'or':
      return filter.parts.some((part) => passes(part, valueOf));
    case 'not':
      return !passes(filter.part, valueOf);
    case 'compare':
      return COMPARES[filter.sign](valueOf(filter.field), filter.value);
    case 'in':
      return filter.values.some((value) => equals(valueOf(filter.field), value));
    case 'empty':
      return isEmpty(valueOf(filter.field));
    default:
      return filter satisfies never;
  }
}

const COMPARES: Readonly<Record<Comparison, (actual: FieldValue, value: string) => boolean>> = {
  '=': equals,
  '!=': (actual, value) => !equals(actual, value),
  '>': (actual, value) => distance(actual, value) > 0,
  '>=': (actual, value) => distance(actual, value) >= 0,
  '<': (actual, value) => distance(actual, value) < 0,
  '<=': (actual, value) => distance(actual, value) <= 0,
};

export function isComparison(text: string): text is Comparison {
  return Object.hasOwn(COMPARES, text);
}

/** A list equals each of its values; letters are compared whatever their case. */
function equals(actual: FieldValue, value: string): boolean {
  return valuesOf(actual).some((one) => String(one).toLowerCase() === value.toLowerCase());
}

/** How far a number or a date lies beyond another; `NaN`, which is neither more nor less, for all else. */
function distance(actual: FieldValue, value: string): number {
  if (typeof actual === 'number') return actual - Number(value);
  return typeof actual === 'string' ? Date.parse(actual) - Date.parse(value) : Number.NaN;
}

function isEmpty(actual: FieldValue): boolean {
  return actual === '' || valuesOf(actual).length === 0;
}

function valuesOf(actual: FieldValue): readonly (string | number)[] {
  if (actual === undefined) return [];
  return typeof actual === 'object' ? actual : [actual];
}
