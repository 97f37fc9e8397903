import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Lets a server listen; resolves with the address.
 * @throws when the port can't be had
 */
export function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
      else reject(new Error('the listener has no TCP address'));
    });
  });
}
