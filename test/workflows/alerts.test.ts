import { alertTermsSignal } from '../../workflows/alerts/contract';
import { openAlertWatch, trouble } from '../support/alert-watch';
import { eventually } from '../support/eventually';
import { eventsOfARun } from '../support/test-server';

let watch: Awaited<ReturnType<typeof openAlertWatch>>;
afterEach(() => watch.close());

const idsOf = (digests: readonly { id: string }[]) => digests.map(({ id }) => id);

describe('the alerts of a channel', () => {
  it('tell each destination once what is new, under one id', async () => {
    watch = await openAlertWatch();
    watch.world.open = [trouble('113-1'), trouble('113-2', 'late')];
    const [byWebhook] = await watch.arrived('webhook', 1);
    await watch.arrived('mail', 1);
    expect(byWebhook?.digest).toMatchObject({ orders: 2, late: 1 });
    expect(byWebhook?.id).toMatch(/^msg_[0-9a-f-]{36}$/);
    await watch.looked();
    watch.world.open = [...watch.world.open, trouble('113-3')];
    const byMail = await watch.arrived('mail', 2);
    await watch.looked();
    expect([watch.sentBy('webhook').length, watch.sentBy('mail').length]).toEqual([2, 2]);
    expect(byMail[1]?.digest).toMatchObject({ orders: 1, first: [{ amazonOrderId: '113-3' }] });
    expect(new Set(idsOf(byMail)).size).toBe(2);
  });

  it('send nothing where nothing is new', async () => {
    watch = await openAlertWatch();
    await watch.looked();
    expect(watch.post.sent).toEqual([]);
    expect(await watch.snapshot()).toMatchObject({ open: 0, untold: 0 });
  });

  it('tell the first at once and gather the rest until the pace allows it', async () => {
    watch = await openAlertWatch({ terms: { paceMs: 600_000, destinations: ['mail'] } });
    watch.world.open = [trouble('113-1')];
    await watch.arrived('mail', 1);
    watch.world.open = [trouble('113-1'), trouble('113-2'), trouble('113-3')];
    expect(await watch.until(({ untold }) => untold === 2)).toMatchObject({ open: 3 });
    expect(watch.post.sent).toHaveLength(1);
    await watch.handle.signal(alertTermsSignal, { ...watch.terms, paceMs: 50 });
    const [, second] = await watch.arrived('mail', 2);
    expect(second?.digest).toMatchObject({ orders: 2 });
  });

  it('do not tell what is over before it could be told', async () => {
    watch = await openAlertWatch({ terms: { paceMs: 600_000, destinations: ['mail'] } });
    watch.world.open = [trouble('113-1')];
    await watch.arrived('mail', 1);
    watch.world.open = [trouble('113-2')];
    await watch.until(({ untold }) => untold === 1);
    watch.world.open = [];
    await watch.until(({ untold }) => untold === 0);
    await watch.handle.signal(alertTermsSignal, { ...watch.terms, paceMs: 50 });
    await watch.looked();
    expect(watch.post.sent).toHaveLength(1);
  });

  it('try a destination again under the same id, say why, and let it hold up no other', async () => {
    watch = await openAlertWatch();
    watch.post.failing.add('mail');
    watch.world.open = [trouble('113-1')];
    const failed = await watch.until(({ outboxes }) => (outboxes.mail?.failed ?? 0) > 1);
    expect(failed.outboxes.mail).toMatchObject({ sent: 0, problem: 'Alerts by mail: answered 401' });
    expect(failed.outboxes.webhook).toMatchObject({ sent: 1, failed: 0 });
    watch.world.open = [trouble('113-1'), trouble('113-2')];
    await watch.arrived('webhook', 2);
    watch.world.open = [trouble('113-1'), trouble('113-2'), trouble('113-3')];
    await watch.arrived('webhook', 3);
    await watch.until(({ outboxes }) => outboxes.mail?.waiting?.digest.orders === 2);

    watch.post.failing.clear();
    await watch.handle.signal(alertTermsSignal, watch.terms);
    const { outboxes } = await watch.until(({ outboxes: { mail } }) => mail?.sent === 2);
    expect(outboxes.mail).not.toHaveProperty('problem');
    const byMail = watch.sentBy('mail');
    const [last, ...before] = [...byMail].reverse();
    expect(new Set(idsOf(before)).size).toBe(1);
    expect(before.length).toBeGreaterThan(1);
    expect(last?.digest).toMatchObject({ orders: 2, first: [{ amazonOrderId: '113-2' }, {}] });
    expect(last?.id).not.toBe(before[0]?.id);
  });

  it('go on after a look that failed, and say why until the next good one', async () => {
    watch = await openAlertWatch();
    watch.world.fails = 'Visibility is away';
    await watch.until(({ problem }) => problem === 'Visibility is away');
    watch.world.fails = undefined;
    expect(await watch.until(({ lastLookAt }) => lastLookAt !== undefined)).not.toHaveProperty('problem');
  });

  it('continue as new with what was told and what is still to be sent', async () => {
    watch = await openAlertWatch();
    watch.post.failing.add('mail');
    watch.world.open = [trouble('113-1')];
    await watch.until(({ outboxes }) => (outboxes.mail?.failed ?? 0) > 0);
    const [first] = watch.sentBy('mail');
    for (let sent = 0; sent < eventsOfARun; sent += 50) {
      await Promise.all(Array.from({ length: 50 }, () => watch.handle.signal(alertTermsSignal, watch.terms)));
    }
    await watch.continued();
    watch.post.failing.clear();
    await watch.handle.signal(alertTermsSignal, watch.terms);
    await watch.until(({ outboxes: { mail } }) => mail?.sent === 1);
    await watch.looked();
    expect(watch.sentBy('webhook')).toHaveLength(1);
    expect(new Set(idsOf(watch.post.sent)).size).toBe(1);
    expect(watch.sentBy('mail').at(-1)).toEqual(first);
  });

  it('look at once when the terms change, however long the wait of before', async () => {
    watch = await openAlertWatch({ terms: { everyMs: 3_600_000 } });
    await watch.until(({ lastLookAt }) => lastLookAt !== undefined);
    await watch.handle.signal(alertTermsSignal, { ...watch.terms, everyMs: 50 });
    await watch.looked();
  });

  it('forget a destination that the settings have no more', async () => {
    watch = await openAlertWatch();
    watch.post.failing.add('mail');
    watch.world.open = [trouble('113-1')];
    await watch.until(({ outboxes }) => (outboxes.mail?.failed ?? 0) > 0);
    await watch.handle.signal(alertTermsSignal, { ...watch.terms, destinations: ['webhook'] });
    await watch.until(({ outboxes }) => outboxes.mail === undefined);
    const { length } = watch.sentBy('mail');
    await watch.looked();
    expect(watch.sentBy('mail')).toHaveLength(length);
  });

  it('end when the settings have none', async () => {
    watch = await openAlertWatch();
    await watch.looked(1);
    await watch.handle.signal(alertTermsSignal, null);
    const status = async () => (await watch.handle.describe()).status.name;
    await eventually(status, (name) => name === 'COMPLETED');
  });
});
