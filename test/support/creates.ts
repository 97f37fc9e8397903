import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, json } from './scripted-upstream.ts';
import { wireCollection } from './wire-collection.ts';

/** Creates a collection with an id of its own for each request, after a moment. */
export function creates(): Answer {
  let made = 0;
  return async ({ body }) => {
    made += 1;
    const id = `col_${made}`;
    await delay(50);
    return json({ collection: wireCollection({ id, name: JSON.parse(body).name }) });
  };
}
