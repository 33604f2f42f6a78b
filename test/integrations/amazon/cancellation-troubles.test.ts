import { createAmazonPort } from '../../../integrations/amazon/client';
import { minutes } from '../../support/amazon-service';
import { cancellationFixture, documents, feeds, withFields } from './cancellation-fixture';

const { amazon, port, place, prepare, submit, processed, tamperOnce } = cancellationFixture();

describe('a cancellation by feed', () => {
  it.each([
    ['no XML', 'hidden', 'the report is not XML'],
    ['a broken package', new Uint8Array([0x1f, 0x8b, 1, 2, 3]), 'the document cannot be unpacked'],
    ['another document', '<hidden>1</hidden>', 'AmazonEnvelope: '],
  ])('does not take %s for a report, and quotes nothing of it', async (_, body, problem) => {
    const ticket = await submit(await prepare(place()));
    processed();
    tamperOnce('/feed-documents/', async () => new Response(body));
    const read = port().cancellation.follow(ticket);
    await expect(read).rejects.toMatchObject({
      name: 'AmazonAnswerError',
      message: expect.stringContaining(problem),
    });
    await expect(read).rejects.not.toThrow(/hidden/);
    expect(await port().cancellation.follow(ticket)).toEqual({ kind: 'done' });
  });

  it('waits for a report that does not come with DONE', async () => {
    const ticket = await submit(await prepare(place()));
    processed();
    tamperOnce(feeds, withFields({ resultFeedDocumentId: null }));
    await expect(port().cancellation.follow(ticket)).rejects.toThrow('resultFeedDocumentId: missing');
    expect(await port().cancellation.follow(ticket)).toEqual({ kind: 'done' });
  });

  it('fails where an address has expired, names none of it, and gets a new one at the next attempt', async () => {
    const order = place();
    const expire = async () => {
      amazon().clock.advance(minutes(6));
      return undefined;
    };
    tamperOnce(documents, expire);
    const upload = prepare(order);
    await expect(upload).rejects.toMatchObject({
      name: 'AmazonUnreachableError',
      message: 'Amazon: uploadFeedDocument PUT (presigned address) answered 403: the document is not taken',
      call: { operation: 'uploadFeedDocument', status: 403 },
    });
    const ticket = await submit(await prepare(order));
    processed();
    tamperOnce(documents, expire);
    await expect(port().cancellation.follow(ticket)).rejects.toMatchObject({
      name: 'AmazonUnreachableError',
      message: 'Amazon: downloadFeedDocument GET (presigned address) answered 403: no document',
    });
    expect(await port().cancellation.follow(ticket)).toEqual({ kind: 'done' });
    expect(amazon().count(feeds)).toBe(1);
  });

  it('is told how long to wait where the quota is used up', async () => {
    await amazon().command('PATCH', '/settings', { rates: { createFeed: { perSecond: 0.0083, burst: 1 } } });
    const prepared = await prepare(place());
    await submit(prepared);
    await expect(submit(prepared)).rejects.toMatchObject({
      name: 'AmazonThrottledError',
      retryAfterMs: 120_482,
      call: { operation: 'createFeed', status: 429 },
    });
  });

  it.each([
    ['createFeedDocument', documents],
    ['uploadFeedDocument', '/feed-documents/'],
    ['createFeed', feeds],
    ['getFeed', `${feeds}/`],
    ['getFeedDocument', `${documents}/`],
    ['downloadFeedDocument', '/feed-documents/'],
  ])('may be tried again where %s fails or is cut off', async (operation, path) => {
    const isReading = /^get|^download/.test(operation);
    const order = place();
    const fault = { path, ...(isReading && { method: 'GET' }) };
    const ready = isReading ? await submit(await prepare(order)) : undefined;
    processed();
    const attempt = async () => (ready ? port().cancellation.follow(ready) : submit(await prepare(order)));
    for (const kind of ['status', 'dropBefore']) {
      await amazon().command('POST', '/faults', { ...fault, kind, status: 503 });
      await expect(attempt()).rejects.toMatchObject({
        name: 'AmazonUnreachableError',
        call: { operation },
      });
    }
    const answer = await attempt();
    expect(answer).toMatchObject(ready ? { kind: 'done' } : { feedId: expect.any(String) });
  });

  it('ends an upload with its time-out and with the caller’s cancellation', async () => {
    const slow = { path: '/feed-documents/', kind: 'delay', delayMs: 1_000, times: 2 };
    await amazon().command('POST', '/faults', slow);
    const hasty = createAmazonPort(amazon().account, { timeoutMs: 200 });
    const cancellation = { ...place(), reason: 'NoInventory' } as const;
    await expect(hasty.cancellation.prepare(cancellation)).rejects.toMatchObject({
      name: 'AmazonUnreachableError',
      message: expect.stringContaining('no answer within 200 ms'),
    });
    const signal = AbortSignal.timeout(200);
    await expect(port().cancellation.prepare(cancellation, { signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});
