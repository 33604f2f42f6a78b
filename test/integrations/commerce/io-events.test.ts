import { EventKeyUnavailableError, EventRefusedError } from '../../../integrations/commerce/event-errors';
import { createKeySource } from '../../../integrations/commerce/event-keys';
import { createCommerceEvents } from '../../../integrations/commerce/io-events';
import { clientId, type KeyHost, keyPath, openKeyHost, shipmentEvent } from './signed-events';

let host: KeyHost;
let now: number;
beforeEach(async () => {
  host = await openKeyHost();
  now = 0;
});
afterEach(() => host.close());

const reader = () =>
  createCommerceEvents({ clientId, keys: createKeySource({ host: host.url, now: () => now }) });

async function read(body: string, changes: Record<string, string> = {}, sent = body) {
  return reader().read(host.headers(body, changes), Buffer.from(sent));
}

describe('an event of Adobe I/O Events', () => {
  it.each([
    ['as a text', { order_id: '17', entity_id: '3' }, [17]],
    ['as a number', { order_id: 17 }, [17]],
    ['not at all', { increment_id: '000000017' }, []],
    ['in words', { order_id: 'seventeen' }, []],
  ])('tells its order %s', async (_, value, orderIds) => {
    expect(await read(shipmentEvent(value))).toEqual({ orderIds });
  });

  it('without any data is a hint all the same', async () => {
    expect(await read(shipmentEvent({}, { data: ['?'] }))).toEqual({ orderIds: [] });
  });

  it('may be signed by the second key alone, while Adobe exchanges the first', async () => {
    const changes = {
      'x-adobe-digital-signature-1': 'AAAA',
      'x-adobe-public-key1-path': '/prod/keys/odd.pem',
    };
    expect(await read(shipmentEvent(), changes)).toEqual({ orderIds: [17] });
  });

  it('costs one look at its key a day', async () => {
    const events = reader();
    const body = shipmentEvent();
    const take = () => events.read(host.headers(body), Buffer.from(body));
    await take();
    await take();
    expect(host.asked).toEqual([keyPath(1)]);
    now += 24 * 3_600_000;
    await take();
    expect(host.asked).toEqual([keyPath(1), keyPath(1)]);
  });
});

describe('a message is refused', () => {
  const unsigned = { 'x-adobe-digital-signature-1': '', 'x-adobe-digital-signature-2': '' };

  it.each<[string, Record<string, string>]>([
    ['without signatures', unsigned],
    [
      'with signatures that do not fit',
      { 'x-adobe-digital-signature-1': 'AAAA', 'x-adobe-digital-signature-2': 'BBBB' },
    ],
    [
      'with the signatures of one another',
      { 'x-adobe-public-key1-path': keyPath(2), 'x-adobe-public-key2-path': keyPath(1) },
    ],
    [
      'with keys that are none',
      { 'x-adobe-public-key1-path': '/prod/keys/odd.pem', 'x-adobe-public-key2-path': '/prod/keys/gone.pem' },
    ],
  ])('%s', async (_, changes) => {
    await expect(read(shipmentEvent(), changes)).rejects.toThrow(EventRefusedError);
  });

  it('whose body was changed', async () => {
    const changed = shipmentEvent({ order_id: '18' });
    await expect(read(shipmentEvent(), {}, changed)).rejects.toThrow(EventRefusedError);
  });

  it.each([
    ['another recipient', shipmentEvent({}, { recipient_client_id: 'another-project' })],
    ['no recipient', shipmentEvent({}, { recipient_client_id: undefined })],
    ['no JSON', '{'],
    ['a list', `[${shipmentEvent()}]`],
  ])('that has %s, however well it is signed, and Adobe is not asked for keys', async (_, body) => {
    await expect(read(body)).rejects.toThrow(EventRefusedError);
    expect(host.asked).toEqual([]);
  });

  it.each([
    '/../keys/pub-key-0001.pem',
    '//attacker.example/pub-key-0001.pem',
    '@attacker.example/pub-key-0001.pem',
    '.attacker.example/pub-key-0001.pem',
    ':1/pub-key-0001.pem',
    'https://attacker.example/pub-key-0001.pem',
    '/prod/keys/pub-key-0001.pem?x=.pem',
    '/prod/keys/%2e%2e/pub-key-0001.pem',
    '/prod/keys/pub-key-0001.txt',
  ])('whose key would lie elsewhere: %s', async (path) => {
    const changes = { 'x-adobe-public-key1-path': path, 'x-adobe-public-key2-path': path };
    await expect(read(shipmentEvent(), changes)).rejects.toThrow(EventRefusedError);
    expect(host.asked).toEqual([]);
  });
});

describe('an event whose key cannot be fetched', () => {
  it('is neither taken nor refused', async () => {
    host.fail(true);
    await expect(read(shipmentEvent())).rejects.toThrow(EventKeyUnavailableError);
    host.fail(false);
    expect(await read(shipmentEvent())).toEqual({ orderIds: [17] });
  });

  it('nor where Adobe’s host sends elsewhere', async () => {
    const moved = { 'x-adobe-public-key1-path': '/moved.pem', 'x-adobe-public-key2-path': '/moved.pem' };
    await expect(read(shipmentEvent(), moved)).rejects.toThrow(EventKeyUnavailableError);
    expect(host.asked).toEqual(['/moved.pem', '/moved.pem']);
  });
});

it('asks Adobe’s own host, and no other that a message could name', async () => {
  const asked: string[] = [];
  const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(async (address) => {
    asked.push(String(address));
    return new Response('', { status: 404 });
  });
  const body = shipmentEvent();
  const reading = createCommerceEvents({ clientId }).read(host.headers(body), Buffer.from(body));
  await expect(reading).rejects.toThrow(EventRefusedError);
  fetched.mockRestore();
  expect(asked).toEqual([keyPath(1), keyPath(2)].map((path) => `https://static.adobeioevents.com${path}`));
});
