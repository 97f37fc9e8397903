import { createServer } from 'node:http';
import { Pool } from 'undici';

// What a team would write first: it adds the credentials and passes everything on, statuses included.

const pool = new Pool(process.env['UPSTREAM_URL'] ?? '', { connections: 256 });
const headers = {
  authorization: `Basic ${Buffer.from('key:secret').toString('base64')}`,
  'content-type': 'application/json',
};

const server = createServer((request, response) => {
  const { method = 'GET', url: path = '/' } = request;
  const body = method === 'GET' ? null : request;
  pool.request({ method, path, headers, body }).then(
    (answer) => answer.body.pipe(response.writeHead(answer.statusCode)),
    () => response.writeHead(502).end(),
  );
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit(0));
