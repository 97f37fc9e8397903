import { isIPv6 } from 'node:net';

/** Where GraphQL is for somebody on this machine. @param host that is listened at; all addresses are reached at the loopback's */
export function gatewayUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host.replace(/^[0:]*:[0:]*$/, '::1');
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}/graphql`;
}
