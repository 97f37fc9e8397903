import { type buildConnector, Client, ProxyAgent } from 'undici';
import { skippingInterim } from './skip-interim.ts';

/**
 * Makes a dispatcher that opens at most one connection, through this proxy.
 * @param proxy may hold credentials, which go nowhere but to the proxy
 */
export function createProxyAgent(proxy: URL, settings: Client.Options): ProxyAgent {
  const { username, password, origin: uri } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new ProxyAgent({
    ...settings,
    uri,
    connections: 1,
    ...(username === '' ? {} : { token: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    factory: (origin, options) => new Client(origin, { ...settings, ...overTunnel(options) }),
  });
}

// What opens the tunnel stands among the options that undici hands over.
function overTunnel(options: object): Client.Options {
  const connect: unknown = Reflect.get(options, 'connect');
  return isConnector(connect) ? { connect: skippingInterim(connect) } : {};
}

function isConnector(value: unknown): value is buildConnector.connector {
  return typeof value === 'function';
}
