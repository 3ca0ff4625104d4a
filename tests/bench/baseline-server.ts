import type { AddressInfo } from 'node:net';
import express from 'express';

const app = express();
app.post('/api/positions', express.json({ limit: '5mb' }), (request, response) => {
  const body: unknown = request.body;
  response.json({ accepted: Array.isArray(body) ? body.length : 0, duplicates: 0, rejected: [] });
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // listening on TCP
  console.log(`READY http://127.0.0.1:${port}`);
});
process.once('SIGTERM', () => process.exit(0));
