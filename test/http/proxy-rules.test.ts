import { describe, expect, test } from 'vitest';
import { proxyFor } from '../../src/http/proxy-rules.ts';

const proxy = new URL('http://user:password@proxy.example:3128');
const isDirect = (target: string, ...exceptions: readonly string[]) =>
  proxyFor(new URL(target), { proxy, exceptions }) === null;

describe('goes directly', () => {
  test.each([
    ['http://api.example.com/v1'],
    ['https://localhost/v1'],
    ['https://localhost:8443/v1'],
    ['https://127.0.0.1/v1'],
    ['https://127.1.2.3/v1'],
    ['https://127.10.200.30/v1'],
    ['https://[::1]/v1'],
    ['https://api.example.com/v1', '*'],
    ['https://api.example.com/v1', 'other.example', 'api.example.com'],
    ['https://api.example.com/v1', 'API.Example.com'],
    ['https://api.example.com./v1', 'api.example.com'],
    ['https://api.example.com/v1', 'example.com'],
    ['https://api.example.com/v1', '.example.com'],
    ['https://api.example.com/v1', '*.example.com'],
    ['https://api.example.com/v1', 'example.com:443'],
    ['https://api.example.com:8443/v1', 'example.com:8443'],
    ['https://10.1.2.3/v1', '10.1.2.3'],
    ['https://10.1.2.3/v1', '10.0.0.0/8'],
    ['https://10.1.2.3:8443/v1', '10.1.2.3:8443'],
    ['https://[2001:db8::1]/v1', '2001:db8::1'],
    ['https://[2001:db8::1]/v1', '[2001:db8:0::1]'],
    ['https://[2001:db8::1]:8443/v1', '[2001:db8::1]:8443'],
    ['https://[2001:db8::1]/v1', '2001:db8::/32'],
    ['https://[2001:db8:1:2:3::4]/v1', '2001:db8:1:2::/64'],
    ['https://10.1.2.3/v1', '0.0.0.0/0'],
  ])('%s with NO_PROXY of %s %s', (target, ...exceptions) => {
    expect(isDirect(target, ...exceptions)).toBe(true);
  });

  test('everything without a proxy', () => {
    expect(proxyFor(new URL('https://api.example.com'), { proxy: null, exceptions: [] })).toBeNull();
  });
});

describe('goes through the proxy', () => {
  test.each([
    ['https://api.example.com/v1'],
    ['https://localhost.example.com/v1'],
    ['https://notlocalhost/v1'],
    ['https://128.0.0.1/v1'],
    ['https://api.example.com/v1', 'myexample.com', 'api.example', 'ample.com'],
    ['https://myexample.com/v1', 'example.com'],
    ['https://api.example.com/v1', 'example.com:8443'],
    ['https://api.example.com:8443/v1', 'example.com:443'],
    ['https://api.example.com/v1', '10.0.0.0/8', 'localhost'],
    ['https://10.1.2.3/v1', '10.1.2.30', '11.0.0.0/8', '10.1.2.3/64', '10.1.2.3/-1', '10.1.2.3/x', '2.3'],
    ['https://[2001:db8::1]/v1', '2001:db8::2', '2001:db8:0:1::/64'],
    ['https://[2001:db8::1]/v1', '2001:db9::/32', '2001:db8::1/129', '10.0.0.0/8', '::'],
    ['https://api.example.com/v1', '', 'https://api.example.com/v1'],
  ])('%s with NO_PROXY of %s %s', (target, ...exceptions) => {
    expect(proxyFor(new URL(target), { proxy, exceptions })).toBe(proxy);
  });
});
