import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCommercePort } from '../../../integrations/commerce/client';
import {
  CommerceAccessError,
  CommerceAnswerError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../../../integrations/commerce/errors';
import type { CommercePort } from '../../../integrations/commerce/port';
import { freePort } from '../../../scripts/temporal/ports';
import { type CommerceService, editions, openCommerceService } from '../../support/commerce-service';

let service: CommerceService;
let commerce: CommercePort;

const failure = async (work: Promise<unknown>): Promise<Error> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it went well');
  return error;
};
/** Without what each edition has in front, and without its tokens. */
const calls = () =>
  service.exchanges
    .filter(({ path }) => path.includes('/V1/'))
    .map(({ method, path }) => `${method} ${path.replace(/^.*(?=\/V1\/)/, '')}`);

describe.each(editions)('Commerce of edition %s', (edition) => {
  beforeEach(async () => {
    service = await openCommerceService();
    commerce = createCommercePort(service.connections[edition]);
  });
  afterEach(async () => {
    expect(service.violations()).toEqual([]);
    await service.close();
  });

  describe('queries', () => {
    it.each(['TWO WORDS', 'A+B', 'A%20B', 'A/B', 'GRÖSSE-Ä', "O'NEILL (2)", 'A=B&C', 'A,B'])(
      'find the SKU %s',
      async (sku) => {
        await service.changeProduct(sku, { quantity: 5 });
        const store = await commerce.store('amazon_us');
        expect(await commerce.products(store, [sku, 'MUG-BLUE-350', 'NONE'])).toHaveLength(2);
        expect(await commerce.unsalable(store, [{ sku, quantity: 5 }])).toEqual([]);
      },
    );

    it('hold an order of more lines than there are one-digit indexes', async () => {
      const skus = Array.from({ length: 23 }, (_, index) => `SKU-${index}`);
      for (const sku of skus) await service.changeProduct(sku, { quantity: 1 });
      const store = await commerce.store('amazon_us');
      const wanted = skus.map((sku) => ({ sku, quantity: sku === 'SKU-21' ? 2 : 1 }));
      expect(await commerce.unsalable(store, wanted)).toEqual(['SKU-21']);
    });
  });

  describe('what hardly changes', () => {
    it('is read once, also when several ask at the same time', async () => {
      await Promise.all([1, 2, 3].map(() => commerce.store('amazon_us')));
      expect(await commerce.store('default')).toMatchObject({
        id: 1,
        websiteCode: 'base',
        baseCurrency: 'USD',
      });
      expect(calls().sort()).toEqual([
        'GET /V1/store/storeConfigs',
        'GET /V1/store/storeViews',
        'GET /V1/store/websites',
      ]);
      await Promise.all([commerce.regions('US'), commerce.regions('US')]);
      expect(await commerce.regions('FR')).toEqual([]);
      expect(calls()).toHaveLength(5);
    });

    it('is read again after a failure', async () => {
      service.misbehave({ path: '/V1/store/', kind: 'status', status: 503 });
      await expect(commerce.store('amazon_us')).rejects.toThrow(CommerceUnreachableError);
      expect(await commerce.store('amazon_us')).toMatchObject({ id: 2 });
    });

    it('names a store view that does not exist', async () => {
      await expect(commerce.store('nowhere')).rejects.toThrow('no store view with the code "nowhere"');
    });
  });

  describe('errors', () => {
    it('name the right that is missing', async () => {
      service.sandbox.settings.change({ deniedResources: ['Magento_Sales::actions_view'] });
      const error = await failure(commerce.findOrders('113-0000000-0000000'));
      expect(error).toBeInstanceOf(CommerceAccessError);
      expect(error.message).toBe(
        "Commerce main: look up order (GET /V1/orders) answered 401: The consumer isn't authorized to access Magento_Sales::actions_view.",
      );
    });

    it("pass on Commerce's sentence where it refuses", async () => {
      const error = await failure(commerce.readOrder(404));
      expect(error).toBeInstanceOf(CommerceRefusedError);
      expect(error).toMatchObject({
        sentence: "The entity that was requested doesn't exist. Verify the entity and try again.",
        call: { operation: 'read order', path: '/V1/orders/{id}', status: 404 },
      });
    });

    it('never repeat what they were told of a buyer', async () => {
      const store = await commerce.store('amazon_us');
      const customer = { email: 'ada.sample@example', firstName: 'Ada(1)', lastName: 'Sample' };
      const error = await failure(commerce.createCustomer(store, customer));
      expect(error).toBeInstanceOf(CommerceRefusedError);
      expect(JSON.stringify(error) + error.stack).not.toMatch(/ada|sample@/i);
    });

    it.each([
      [{ kind: 'status', status: 500 }, { outcomeUnknown: true }],
      [{ kind: 'status', status: 503, headers: { 'retry-after': '7' } }, { retryAfterMs: 7000 }],
      [
        { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
        { outcomeUnknown: false, retryAfterMs: 7000 },
      ],
      [{ kind: 'status', status: 408 }, { outcomeUnknown: true }],
      [{ kind: 'dropBefore' }, { outcomeUnknown: true }],
      [{ kind: 'delay', delayMs: 1500 }, { outcomeUnknown: true }],
    ] as const)('are of the passing kind for %j', async (fault, expected) => {
      service.misbehave({ path: '/V1/orders/7$', ...fault });
      const hasty = createCommercePort(service.connections[edition], { timeoutMs: 1000 });
      const error = await failure(hasty.readOrder(7));
      expect(error).toBeInstanceOf(CommerceUnreachableError);
      expect(error).toMatchObject(expected);
    });

    it('say that nothing can have happened where nobody listens', async () => {
      const nobody = createCommercePort({
        ...service.connections[edition],
        url: `http://127.0.0.1:${await freePort()}`,
      });
      expect(await failure(nobody.invoice(7))).toMatchObject({ outcomeUnknown: false });
    });

    it("are the caller's own when the caller ends the call", async () => {
      service.misbehave({ path: '/V1/orders/7$', kind: 'delay', delayMs: 300 });
      const stop = new AbortController();
      const call = commerce.readOrder(7, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error('worker shuts down')), 50);
      await expect(call).rejects.toThrow('worker shuts down');
    });
  });

  describe('a proxy in between', () => {
    let proxy: Server;
    let answer: { status: number; type: string; body: string };
    let port: CommercePort;
    beforeEach(async () => {
      proxy = createServer((_, response) => {
        response
          .writeHead(answer.status, { 'content-type': answer.type, location: '/elsewhere' })
          .end(answer.body);
      });
      await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
      const { port: taken } = proxy.address() as AddressInfo;
      port = createCommercePort({ ...service.connections[edition], url: `http://127.0.0.1:${taken}/` });
    });
    afterEach(() => new Promise((ended) => proxy.close(ended)));

    it.each([
      [200, '<html>Welcome</html>', CommerceAnswerError],
      [200, '{"items":[{"entity_id":"none"}]}', CommerceAnswerError],
      [302, '', CommerceAnswerError],
      [403, '<html>Blocked</html>', CommerceAccessError],
      [502, '<html>Bad gateway</html>', CommerceUnreachableError],
    ])('answers %d %s', async (status, body, kind) => {
      answer = { status, type: 'text/html', body };
      expect(await failure(port.findOrders('113-0000000-0000000'))).toBeInstanceOf(kind);
    });

    it.each([
      [
        500,
        '{"message":"Internal Error. Report ID: webapi-6b039"}',
        'Internal Error. Report ID: webapi-6b039',
      ],
      [500, 'An error has happened during application run. See exception log.', 'Commerce broke off; its'],
      [
        502,
        '<html>Ada Sample</html>',
        'a web page instead of an answer; look at what stands before Commerce',
      ],
      [503, 'Ada Sample', '503: not now'],
      [403, '<!DOCTYPE html>Ada Sample', '403: a web page instead of an answer'],
      [400, '{"message":"No %1, %2","parameters":["mug","no jar"]}', '400: No mug, no jar'],
      [400, '{"message":"%fieldName is needed","parameters":{"fieldName":"sku"}}', '400: sku is needed'],
      [400, 'Ada Sample', '400: refused without a reason that can be shown'],
    ])('answers %d %s: a sentence, and nothing that nobody knows', async (status, body, sentence) => {
      answer = { status, type: 'text/html', body };
      const { message } = await failure(port.findOrders('113-0000000-0000000'));
      expect(message).toContain(sentence);
      expect(message).not.toContain('Ada');
    });

    it('does not show a sentence of Commerce that repeats the buyer', async () => {
      const body = JSON.stringify({ message: '%1 has an account', parameters: ['Ada.Sample@example.org'] });
      answer = { status: 400, type: 'application/json', body };
      const error = await failure(port.findCustomers('ada.sample@example.org'));
      expect(error).toMatchObject({ sentence: 'refused without a reason that can be shown' });
    });

    it.each(['[]', '{"items":null,"total_count":0}', '{"items":[]}'])(
      'answers %s: nothing found',
      async (body) => {
        answer = { status: 200, type: 'application/json', body };
        expect(await port.shipments([1, 2])).toEqual([]);
      },
    );
  });

  it('has no more calls under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    const slow = createServer((_, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end('{"items":null}');
      }, 30);
    });
    await new Promise<void>((ready) => slow.listen(0, '127.0.0.1', ready));
    const { port: taken } = slow.address() as AddressInfo;
    const port = createCommercePort({
      ...service.connections[edition],
      url: `http://127.0.0.1:${taken}`,
      concurrency: 3,
    });
    await Promise.all(Array.from({ length: 9 }, () => port.readOrders([1])));
    expect(most).toBe(3);
    await new Promise((ended) => slow.close(ended));
  });
});
