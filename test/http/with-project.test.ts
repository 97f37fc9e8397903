import { expect, test } from 'vitest';
import { withProject } from '../../src/http/with-project.ts';
import { READ, scopeOf } from './calls.ts';
import { OpenCalls } from './open-calls.ts';

test.each([
  ['/things', null, '/things'],
  ['/things?limit=1', null, '/things?limit=1'],
  ['/things', 'p 1&2', '/things?projectId=p%201%262'],
  ['/things?limit=1', 'p 1&2', '/things?limit=1&projectId=p%201%262'],
])('a call of %s in the project %s goes to %s, and is the same otherwise', (path, projectId, sentTo) => {
  const calls = new OpenCalls();
  const scope = scopeOf();
  void withProject(calls.send, projectId)({ ...READ, path }, scope);
  expect(calls.sent).toMatchObject([{ call: { ...READ, path: sentTo }, scope }]);
});
