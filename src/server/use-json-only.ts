import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Refuses every body but JSON before it is read: forms and the like would let any web page send mutations. */
export function useJsonOnly(): Plugin {
  return {
    onRequestParse({ request }) {
      const contentType = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
      if (request.method !== 'POST' || contentType === 'application/json') return;
      throw new GraphQLError('The body must be JSON, sent as "content-type: application/json".', {
        extensions: { http: { status: 415 } },
      });
    },
  };
}
