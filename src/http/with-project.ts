import type { Send } from './call.ts';

/** Names the project with every call, behind whatever its query says. @param projectId `null` for the account's own */
export function withProject(send: Send, projectId: string | null): Send {
  if (projectId === null) return send;
  const parameter = `projectId=${encodeURIComponent(projectId)}`;
  return (call, scope) => {
    const { path } = call;
    return send({ ...call, path: `${path}${path.includes('?') ? '&' : '?'}${parameter}` }, scope);
  };
}
