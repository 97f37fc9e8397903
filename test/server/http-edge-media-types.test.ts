import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { exchange } from './wire-exchange.ts';

const MODERN = 'application/graphql-response+json; charset=utf-8';
const LEGACY = 'application/json; charset=utf-8';

/** The type and the status with which a document that does not fit the schema is answered. */
async function answerTo(accept: string) {
  const { gateway } = await openFrontDoor(everyCollection);
  const headers = { accept, 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ unknown }' });
  const answer = await exchange(gateway.url, { method: 'POST', headers, body });
  return [answer.headers['content-type'], answer.status];
}

describe('an answer is written as "Accept" has it:', () => {
  it.each([
    ['application/graphql-response+json', MODERN, 400],
    ['Application/GraphQL-Response+JSON; charset=utf-8', MODERN, 400],
    ['application/json, application/graphql-response+json', MODERN, 400],
    ['application/json;q=0.9 , application/graphql-response+json', MODERN, 400],
    ['application/json, application/graphql-response+json;q=0.9', LEGACY, 200],
    ['application/json, application/graphql-response+json;q=0', LEGACY, 200],
    ['text/html, application/json;q=0.1', LEGACY, 200],
  ])('%s', async (accept, type, status) => {
    expect(await answerTo(accept)).toEqual([type, status]);
  });

  it.each([
    '*/*',
    'application/*',
    'application/jsonx',
    'application/json;q=0',
    'application/json;q=most',
    'application/graphql-response+jsonx',
    ';;,,',
  ])('%s asks for neither, and gets JSON with a status of its own', async (accept) => {
    expect(await answerTo(accept)).toEqual([LEGACY, 400]);
  });
});
