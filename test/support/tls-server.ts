import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

/** A certificate and its key, both in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** Certificates made for one test run. */
export interface Certificates {
  readonly authority: string;
  /** For `localhost` and every name right below `gateway.test`. */
  readonly valid: Identity;
  readonly expired: Identity;
  readonly wrongHost: Identity;
  readonly selfSigned: Identity;
}

/** Lets this process trust the authority beside those that it trusts already. @returns ends that */
export function trust({ authority }: Certificates): () => void {
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, authority]);
  return () => tls.setDefaultCACertificates(trusted);
}

const KEY_TYPE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Makes an authority and one certificate of each kind with openssl. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  const run = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  const read = (name: string): Identity => ({
    cert: readFileSync(join(folder, `${name}.pem`), 'utf8'),
    key: readFileSync(join(folder, `${name}.key`), 'utf8'),
  });
  const issue = (
    name: string,
    [host = '', ...others]: readonly string[],
    ...dates: readonly string[]
  ): Identity => {
    writeFileSync(
      join(folder, `${name}.ext`),
      `subjectAltName=${[host, ...others].map((each) => `DNS:${each}`).join(',')}\n`,
    );
    run('req', ...KEY_TYPE, '-keyout', `${name}.key`, '-subj', `/CN=${host}`, '-out', `${name}.csr`);
    const authority = ['-CA', 'authority.pem', '-CAkey', 'authority.key', '-extfile', `${name}.ext`];
    run('x509', '-req', '-in', `${name}.csr`, ...authority, ...dates, '-out', `${name}.pem`);
    return read(name);
  };
  try {
    run(
      'req',
      '-x509',
      ...KEY_TYPE,
      '-keyout',
      'authority.key',
      '-subj',
      '/CN=Test',
      '-days',
      '2',
      '-out',
      'authority.pem',
    );
    const san = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    run('req', '-x509', ...KEY_TYPE, '-keyout', 'own.key', ...san, '-days', '2', '-out', 'own.pem');
    return {
      authority: readFileSync(join(folder, 'authority.pem'), 'utf8'),
      valid: issue('valid', ['localhost', '*.gateway.test'], '-days', '2'),
      expired: issue('expired', ['localhost'], '-days', '-1'),
      wrongHost: issue('other', ['other.example'], '-days', '2'),
      selfSigned: read('own'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An HTTPS server that keeps what came in, on both sides of the encryption. */
export interface TlsServer extends AsyncDisposable {
  readonly url: string;
  /** Requests that were decrypted. */
  readonly requests: string[];
  readonly headers: IncomingHttpHeaders[];
  /** Bytes on the wire, as they came. */
  wire(): Buffer;
}

/** Starts it at `https://localhost`; answers every request with this JSON. */
export async function startTlsServer(identity: Identity, answer: string): Promise<TlsServer> {
  const requests: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const wire: Buffer[] = [];
  const server = createServer({ ...identity }, (req, res) => {
    requests.push(`${req.method} ${req.url}`);
    headers.push(req.headers);
    res.end(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front = createTcpServer((socket) => {
    const behind = connect(portOf(server.address()), '127.0.0.1');
    socket.on('data', (chunk: Buffer) => wire.push(chunk));
    for (const end of [socket, behind]) end.on('error', () => [socket, behind].map((each) => each.destroy()));
    socket.pipe(behind).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  return {
    url: `https://localhost:${portOf(front.address())}/v1`,
    requests,
    headers,
    wire: () => Buffer.concat(wire),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await Promise.all([once(server.close(), 'close'), once(front.close(), 'close')]);
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}
