import { execute, NoSchemaIntrospectionCustomRule, specifiedRules, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Validates and executes with graphql-js itself. @param isOpen whether the schema may be explored */
export function useGraphqlJs(isOpen: boolean): Plugin {
  const rules = isOpen ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const options = { hideSuggestions: !isOpen };
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document) => validate(schema, document, rules, options));
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn((args) => execute({ ...args, ...options }));
    },
  };
}
