import { type CancelReason, cancelReasons } from '../../../domain/cancellation';
import { cancellationFixture, documents, feeds, marketplaceId, withFields } from './cancellation-fixture';

const { amazon, port, actAs, place, prepare, submit, processed, cancel, statusOf, tamperOnce } =
  cancellationFixture();

describe('cancelling an order at Amazon by its feed', () => {
  it('does nothing to the order until it is submitted and processed', async () => {
    const order = place();
    const prepared = await prepare(order, 'BuyerCanceled');
    expect(Object.keys(prepared)).toEqual(['documentId']);
    processed();
    const ticket = await submit(prepared);
    expect(ticket).toEqual({ ...prepared, feedId: expect.stringMatching(/^\d+$/) });
    expect(await port().cancellation.follow(ticket)).toEqual({ kind: 'inProgress' });
    amazon().clock.advance(15_000);
    expect(await port().cancellation.follow(ticket)).toEqual({ kind: 'inProgress' });
    expect(statusOf(order)).toBe('UNSHIPPED');
    processed();
    expect(await port().cancellation.follow(ticket)).toEqual({ kind: 'done' });
    expect(await port().getOrder(order.amazonOrderId)).toMatchObject({
      status: 'CANCELLED',
      lines: [{ quantityUnfulfilled: 0 }, { quantityUnfulfilled: 0 }],
    });
    expect([amazon().count(documents), amazon().count(feeds), amazon().count(`/${ticket.feedId}`)]).toEqual([
      1, 1, 3,
    ]);
  });

  it('says who cancels what, and why', async () => {
    const order = place();
    await prepare(order, 'ShippingAddressUndeliverable');
    const upload = amazon().exchanges.find(({ method }) => method === 'PUT');
    for (const part of [
      '<MerchantIdentifier>A1SANDBOXSELLER</MerchantIdentifier>',
      `<AmazonOrderID>${order.amazonOrderId}</AmazonOrderID><StatusCode>Failure</StatusCode>`,
      ...order.lines.map(
        ({ orderItemId, quantity }) =>
          `<Item><AmazonOrderItemCode>${orderItemId}</AmazonOrderItemCode>` +
          `<CancelReason>ShippingAddressUndeliverable</CancelReason><Quantity>${quantity}</Quantity></Item>`,
      ),
    ])
      expect(upload?.requestBody).toContain(part);
  });

  it('knows the reasons that Amazon takes', async () => {
    const reasons = Object.keys(cancelReasons) as CancelReason[];
    const orders = reasons.map(() => place());
    for (const [index, order] of orders.entries()) await submit(await prepare(order, reasons[index]));
    processed();
    expect(orders.map(statusOf)).toEqual(reasons.map(() => 'CANCELLED'));
  });

  it('may be repeated, for the same ticket and for a new one', async () => {
    const order = place();
    const prepared = await prepare(order);
    await amazon().command('POST', '/faults', { path: `${feeds}$`, kind: 'dropAfter' });
    await expect(submit(prepared)).rejects.toMatchObject({ name: 'AmazonUnreachableError' });
    const ticket = await submit(prepared);
    processed();
    expect(await port().cancellation.follow(ticket)).toEqual({ kind: 'done' });
    expect(await cancel(order)).toEqual({ kind: 'done' });
    expect(statusOf(order)).toBe('CANCELLED');
  });

  it('is refused for what has shipped, in Amazon’s words', async () => {
    const order = place();
    await amazon().command('POST', `/orders/${order.amazonOrderId}/ship`, { items: [order.lines[1]] });
    expect(await cancel(order)).toEqual({
      kind: 'refused',
      message: expect.stringMatching(
        /^18021: The quantities you provided for order id .* already fulfilled\.$/,
      ),
    });
    expect(statusOf(order)).toBe('PARTIALLY_SHIPPED');
  });

  it('is refused for an order that the seller does not have, and as another seller', async () => {
    const order = place();
    expect(await cancel({ ...order, amazonOrderId: '111-0000000-0000001' })).toMatchObject({
      message: expect.stringMatching(/^18028: Your order cannot be found/),
    });
    actAs('A1OTHER');
    expect(await cancel(order)).toEqual({
      kind: 'refused',
      message: '5000: The merchant identifier A1OTHER is not that of the seller.',
    });
    expect(statusOf(order)).toBe('UNSHIPPED');
  });

  it.each([
    ['fatal', 'UNSHIPPED'],
    ['fatalAfterEffect', 'CANCELLED'],
  ])('does not know the outcome of a feed that ends %s', async (nextFeed, status) => {
    await amazon().command('PATCH', '/settings', { nextFeed });
    const order = place();
    expect(await cancel(order)).toEqual({
      kind: 'refused',
      message: expect.stringMatching(
        /^Amazon broke off feed \d+ \(FATAL\): the order may be cancelled or not\.$/,
      ),
      mayHaveApplied: true,
    });
    expect(statusOf(order)).toBe(status);
  });

  it('is refused where somebody cancels the feed', async () => {
    const ticket = await submit(await prepare(place()));
    tamperOnce(feeds, withFields({ processingStatus: 'CANCELLED' }));
    expect(await port().cancellation.follow(ticket)).toEqual({
      kind: 'refused',
      message: `Somebody cancelled Amazon’s feed ${ticket.feedId} before it was processed.`,
    });
  });

  it('is refused where Amazon does not take the feed: that of an attempt before may have been taken', async () => {
    expect(await port().cancellation.submit({ documentId: 'unknown' }, { marketplaceId })).toEqual({
      kind: 'refused',
      message: 'InvalidInput: Invalid inputFeedDocumentId: nothing was uploaded there.',
      mayHaveApplied: true,
    });
  });

  it.each([true, false])('reads reports that are packed: %s', async (gzipReports) => {
    await amazon().command('PATCH', '/settings', { gzipReports });
    expect(await cancel(place())).toEqual({ kind: 'done' });
  });
});
