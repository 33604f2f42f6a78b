import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

/** Made once: that takes a while. */
const keys = [pair(), pair()] as const;

export const clientId = 'c1ient-0f-the-channel';
export const keyPath = (number: 1 | 2) => `/prod/keys/pub-key-000${number}.pem`;

/** The event as Adobe posts it when a shipment is saved. */
export const shipmentEvent = (value: object = { order_id: '17' }, more: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'b1c2',
    source: 'urn:uuid:2f0f',
    type: 'com.adobe.commerce.observer.sales_order_shipment_save_after',
    datacontenttype: 'application/json',
    data: { key: 'k', value, _metadata: { storeId: '1', websiteId: '1' } },
    recipient_client_id: clientId,
    ...more,
  });

/** A server with Adobe's two public keys, and what Adobe signs with. */
export async function openKeyHost() {
  const asked: string[] = [];
  let fails = false;
  const files = new Map<string, string>([
    [keyPath(1), pem(keys[0].publicKey)],
    [keyPath(2), pem(keys[1].publicKey)],
    ['/prod/keys/odd.pem', 'no key'],
    ['/moved.pem', ''],
  ]);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const file = files.get(path);
    if (path === '/moved.pem') response.setHeader('location', keyPath(1));
    response.statusCode = fails ? 503 : path === '/moved.pem' ? 302 : file === undefined ? 404 : 200;
    response.end(file);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const signature = (number: 1 | 2, body: string) =>
    sign('rsa-sha256', Buffer.from(body), keys[number - 1]?.privateKey ?? '').toString('base64');
  return {
    url: `http://127.0.0.1:${port}`,
    /** Paths of the keys that were fetched. */
    asked,
    fail: (failing: boolean) => {
      fails = failing;
    },
    headers: (body: string, changes: Record<string, string> = {}): Record<string, string> => ({
      'x-adobe-digital-signature-1': signature(1, body),
      'x-adobe-public-key1-path': keyPath(1),
      'x-adobe-digital-signature-2': signature(2, body),
      'x-adobe-public-key2-path': keyPath(2),
      ...changes,
    }),
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

export type KeyHost = Awaited<ReturnType<typeof openKeyHost>>;
