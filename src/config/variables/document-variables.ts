import { bytes, integer, oneOf, text } from '../values.ts';
import { group, variable } from './variable.ts';

export function documentLimitVariables() {
  return group('Documents', {
    maxBytes: variable('MAX_QUERY_BYTES', bytes(1, 1_048_576, 8_192), 'largest document'),
    maxTokens: variable('MAX_QUERY_TOKENS', integer(1, 100_000, 1_000), 'most tokens in a document'),
    maxDepth: variable(
      'MAX_QUERY_DEPTH',
      integer(1, 1_000, 10),
      'how deep the fields of an operation may nest',
    ),
    maxAliases: variable('MAX_QUERY_ALIASES', integer(0, 10_000, 30), 'most aliases in an operation'),
    maxRootFields: variable(
      'MAX_ROOT_FIELDS',
      integer(1, 10_000, 20),
      'most fields at the root of an operation',
    ),
  });
}

export function trustedDocumentVariables() {
  return group('Trusted documents', {
    path: variable(
      'TRUSTED_DOCUMENTS',
      text.nullable().default(null),
      'manifest file or folder of the documents that clients may name by id',
    ),
    mode: variable(
      'TRUSTED_DOCUMENTS_MODE',
      oneOf(['off', 'report', 'enforce']).default('off'),
      '`report` logs other documents, `enforce` refuses them',
    ),
  });
}
