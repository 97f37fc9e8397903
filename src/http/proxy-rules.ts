import { BlockList, isIP } from 'node:net';
import { isLoopback } from './loopback.ts';

/** How calls get out of the network. */
export interface ProxyRules {
  /** An HTTP proxy that takes CONNECT; its URL may hold credentials. */
  readonly proxy: URL | null;
  /** Hosts that are called directly, as `NO_PROXY` has them. */
  readonly exceptions: readonly string[];
}

// A host name or an IPv4 address, or an IPv6 address in brackets, and a port.
const HOST_AND_PORT = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/;
const HTTPS_PORT = '443';

/**
 * The proxy through which this URL is called; `null` for a direct connection. What goes in plain text or stays on this
 * machine is never sent through one.
 */
export function proxyFor(target: URL, { proxy, exceptions }: ProxyRules): URL | null {
  if (target.protocol !== 'https:' || isLoopback(target.hostname)) return null;
  return exceptions.some((exception) => isExcepted(target, exception)) ? null : proxy;
}

function isExcepted(target: URL, exception: string): boolean {
  const [, bracketed, plain, port] = HOST_AND_PORT.exec(exception) ?? [];
  if (port !== undefined && port !== (target.port || HTTPS_PORT)) return false;
  // An IPv6 address stands without brackets, too.
  const host = (bracketed ?? plain ?? exception).toLowerCase();
  if (host === '*') return true;
  const address = target.hostname.replace(/[[\]]/g, '');
  return isIP(address) === 0 ? isWithinDomain(address, host) : isWithinNetwork(address, host);
}

// With or without a dot before it, a domain stands for itself and everything below it.
function isWithinDomain(hostname: string, domain: string): boolean {
  const name = hostname.replace(/\.$/, '');
  const suffix = domain.replace(/^\*?\./, '');
  return name === suffix || name.endsWith(`.${suffix}`);
}

/** @param network an address, or one with the length of its prefix behind a slash */
function isWithinNetwork(address: string, network: string): boolean {
  const [base = '', length] = network.split('/');
  const bits = isIP(base) === 6 ? 128 : 32;
  const prefix = Number(length ?? bits);
  if (isIP(base) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > bits) return false;
  const list = new BlockList();
  list.addSubnet(base, prefix, familyOf(base));
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
