import type { Config } from '../../config/config';
import { alertReasons } from '../../domain/alerts';
import { erpSandboxSecret } from '../../sandbox/erp';
import { startWatches } from '../../worker/watches';
import { alertSnapshotQuery, alertWorkflowId } from '../../workflows/alerts/contract';
import { openListener } from '../sandbox/erp-shop';
import { type Channel, openChannel } from '../support/channel';
import { eventViolations } from '../support/cloud-events';
import { eventually, patiently } from '../support/eventually';
import { openMailServer } from '../support/mail-server';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();

describe('a channel with alerts', () => {
  let channel: Channel;
  let mail: Awaited<ReturnType<typeof openMailServer>>;
  let listener: Awaited<ReturnType<typeof openListener>>;

  beforeAll(async () => {
    [mail, listener] = await Promise.all([openMailServer(), openListener()]);
    const adapt = (config: Config): Config => ({
      ...config,
      alerts: {
        everyMs: 200,
        afterMs: 60_000,
        paceMs: 0,
        reasons: alertReasons,
        page: 'https://channel.example.com',
        webhook: { url: listener.url, secret: erpSandboxSecret },
        mail: {
          host: '127.0.0.1',
          port: mail.port,
          secure: false,
          from: 'alerts@channel.example.com',
          to: ['orders@example.com'],
        },
      },
    });
    channel = await openChannel({ folder: tempFolder(), policy: { retryBlockedMs: [3_600_000] }, adapt });
    await channel.startWorker();
  });
  afterAll(async () => {
    await channel.close();
    await Promise.all([mail.close(), listener.close()]);
  });

  it('tells of a blocked order by webhook and mail, once, and nothing of its buyer', async () => {
    const at = channel.sandbox.startedAt.toISOString();
    const buyer = { buyerName: 'Wilhelmina Vandermeer', buyerEmail: 'wilma@marketplace.amazon.com' };
    const address = { name: 'Wilhelmina Vandermeer', addressLine1: '7 Hidden Lane', city: 'Tinytown' };
    const { orderId } = channel.place({
      lines: [{ sku: 'NOT-IN-THE-CATALOGUE', quantity: 1, unitPriceMinor: 1499 }],
      buyer,
      address: { ...address, postalCode: '98199', stateOrRegion: 'WA', countryCode: 'US', phone: '555-0199' },
      plan: { placedAt: at, verifiedAt: at },
    });
    await eventually(
      async () => [listener.told.length, mail.mails.length],
      ([byWebhook, byMail]) => byWebhook === 1 && byMail === 1,
    );
    const [event] = listener.told;
    const [letter] = mail.mails;
    const page = `https://channel.example.com/orders/${channel.name}/${orderId}`;
    expect(eventViolations(event?.headers ?? new Headers(), event?.rawBody ?? '')).toEqual([]);
    expect(event?.data).toMatchObject({
      summary: '1 Amazon order needs you',
      first: [{ account: channel.name, amazonOrderId: orderId, troubles: [{ reason: 'blocked' }], page }],
    });
    expect(letter?.source).toMatch(/^Subject: 1 Amazon order needs you\r$/m);
    expect(letter?.source.replaceAll('=\r\n', '')).toContain(page);
    for (const said of [event?.rawBody, letter?.source])
      expect(said).not.toMatch(/Wilhelmina|Vandermeer|wilma|Hidden|Tinytown|98199|555-0199/);

    const handle = channel.client.workflow.getHandle(alertWorkflowId(channel.name));
    const { looks } = await patiently(() => handle.query(alertSnapshotQuery));
    const state = await eventually(
      () => handle.query(alertSnapshotQuery),
      (seen) => seen.looks > looks + 5,
    );
    expect(state).toMatchObject({ outboxes: { webhook: { sent: 1 }, mail: { sent: 1 } } });
    expect([listener.told.length, mail.mails.length]).toEqual([1, 1]);
  });

  it('ends them when its settings have none any more', async () => {
    const { alerts: _, ...without } = channel.config;
    await startWatches(channel.client, without);
    const handle = channel.client.workflow.getHandle(alertWorkflowId(channel.name));
    await eventually(
      async () => (await handle.describe()).status.name,
      (name) => name === 'COMPLETED',
    );
    await startWatches(channel.client, without);
  });
});
