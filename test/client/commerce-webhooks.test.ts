import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createWebhooks } from '../../client/http/webhooks';
import { createKeySource } from '../../integrations/commerce/event-keys';
import { createCommerceEvents } from '../../integrations/commerce/io-events';
import {
  shipmentWatchEverySignal,
  shipmentWatchWorkflowId,
  shipmentWatchWorkflowType,
} from '../../workflows/shipments/contract';
import { clientId, type KeyHost, openKeyHost, shipmentEvent } from '../integrations/commerce/signed-events';
import { connectToTestServer } from '../support/temporal';

let environment: TestWorkflowEnvironment;
let host: KeyHost;
let commerce: string;

beforeAll(async () => {
  environment = await connectToTestServer();
});
afterAll(() => environment.teardown());
beforeEach(async () => {
  host = await openKeyHost();
  commerce = `shop-${randomUUID().slice(0, 8)}`;
});
afterEach(async () => {
  await environment.client.workflow
    .getHandle(shipmentWatchWorkflowId(commerce))
    .terminate()
    .catch(() => {});
  await host.close();
});

/** A watch that nobody works on: signals stay in its history. */
async function watch() {
  const handle = await environment.client.workflow.signalWithStart(shipmentWatchWorkflowType, {
    workflowId: shipmentWatchWorkflowId(commerce),
    taskQueue: commerce,
    args: [{ commerce, everyMs: 1_000 }],
    signal: shipmentWatchEverySignal,
    signalArgs: [1_000],
  });
  return {
    hints: async () => {
      const { events } = await handle.fetchHistory();
      return (events ?? [])
        .flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal ?? [])
        .filter(({ signalName }) => signalName === 'shipmentWatchLookNow')
        .map(({ input }) => input?.payloads?.map((each) => defaultPayloadConverter.fromPayload(each))[0]);
    },
  };
}

function app(client = environment.client) {
  const keys = createKeySource({ host: host.url });
  return createWebhooks({
    erps: () => undefined,
    commerceEvents: (name) => (name === commerce ? createCommerceEvents({ clientId, keys }) : undefined),
    accounts: [],
    client,
    storeWithinMs: 2_000,
  });
}

async function post(
  body: string,
  { headers = host.headers(body), name = commerce, client = environment.client } = {},
) {
  const answer = await app(client).request(`/webhooks/commerce/${name}`, { method: 'POST', headers, body });
  return { status: answer.status, message: ((await answer.json()) as { message: string }).message };
}

describe('an event of Commerce', () => {
  it('has the shipment watch look at its order', async () => {
    const { hints } = await watch();
    expect(await post(shipmentEvent())).toEqual({ status: 202, message: 'Taken.' });
    expect(await hints()).toEqual([{ orderIds: [17] }]);
  });

  it('is taken where no watch runs, which will look at everything anyway', async () => {
    expect(await post(shipmentEvent())).toMatchObject({ status: 202 });
  });

  it.each<[string, (body: string) => Record<string, string>]>([
    ['unsigned', () => ({})],
    ['signed for another body', () => host.headers('{}')],
  ])('that is %s is refused with 401 and does nothing', async (_, headers) => {
    const { hints } = await watch();
    const body = shipmentEvent();
    expect(await post(body, { headers: headers(body) })).toMatchObject({ status: 401 });
    expect(await hints()).toEqual([]);
  });

  it('for another project is refused with 401', async () => {
    const body = shipmentEvent({}, { recipient_client_id: 'another-project' });
    expect(await post(body)).toMatchObject({ status: 401 });
  });

  it('is refused with 404 for a shop whose settings have no events', async () => {
    expect(await post(shipmentEvent(), { name: 'other' })).toMatchObject({ status: 404 });
  });

  it('comes again, at 503, while Adobe’s key or Temporal is away', async () => {
    host.fail(true);
    expect(await post(shipmentEvent())).toMatchObject({ status: 503 });
    host.fail(false);
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    expect(await post(shipmentEvent(), { client: new Client({ connection }) })).toMatchObject({
      status: 503,
    });
    await connection.close();
  });

  it('is refused with 413 when it is longer than 256 kB', async () => {
    expect(await post(shipmentEvent({ note: 'x'.repeat(256 * 1024) }))).toMatchObject({ status: 413 });
  });
});

describe('the challenge by which Adobe asks whether the address is ours', () => {
  const ask = (path: string) => app().request(`/webhooks/commerce/${path}`);

  it('is answered as plain text', async () => {
    const answer = await ask(`${commerce}?challenge=8ec8d794-e0ab-42df-9017-e3dada8e84f7`);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      expect.stringContaining('text/plain'),
      '8ec8d794-e0ab-42df-9017-e3dada8e84f7',
    ]);
  });

  it.each(['', '?challenge=', '?challenge=%3Cscript%3E'])('is none in %j', async (query) => {
    expect((await ask(`${commerce}${query}`)).status).toBe(404);
  });

  it('is not answered for a shop whose settings have no events', async () => {
    expect((await ask('other?challenge=8ec8d794')).status).toBe(404);
  });
});
