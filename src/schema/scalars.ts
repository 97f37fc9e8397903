import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description: 'A date and time by RFC 3339, exactly as the Scenario API wrote it.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => value,
  parseValue: parseText,
});

builder.scalarType('URL', {
  description:
    'An http(s) URL, exactly as the Scenario API wrote it: a signed one breaks when it is changed.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: (value) => value,
  parseValue: parseText,
});

function parseText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('A string is expected.');
}
