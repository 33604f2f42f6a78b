import type { CancellationOutcome, CancelReason } from '../../../domain/cancellation';
import { createAmazonPort } from '../../../integrations/amazon/client';
import type { AmazonPort, CancellationPort } from '../../../integrations/amazon/port';
import { type AmazonService, fullOrder, minutes, openAmazonService } from '../../support/amazon-service';

export const marketplaceId = 'ATVPDKIKX0DER';
export const documents = '/feeds/2021-06-30/documents';
export const feeds = '/feeds/2021-06-30/feeds';

/** For each test a sandbox Amazon, and the way from an order to what became of its cancellation. */
export function cancellationFixture() {
  let amazon: AmazonService;
  let port: AmazonPort;
  beforeEach(async () => {
    amazon = await openAmazonService();
    port = createAmazonPort(amazon.account);
  });
  afterEach(async () => {
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
  });

  const place = () => {
    const { orderId, lines } = amazon.place(fullOrder());
    const items = lines.map(({ orderItemId, quantity }) => ({ orderItemId, quantity }));
    return { amazonOrderId: orderId, marketplaceId, lines: items };
  };
  type Placed = ReturnType<typeof place>;
  const prepare = (order: Placed, reason: CancelReason = 'NoInventory') =>
    port.cancellation.prepare({ ...order, reason });
  const submit = async (ticket: Awaited<ReturnType<CancellationPort['prepare']>>) => {
    const submitted = await port.cancellation.submit(ticket, { marketplaceId });
    if (submitted.kind === 'refused') throw new Error(submitted.message);
    return submitted.ticket;
  };
  const processed = () => amazon.clock.advance(minutes(1));

  return {
    amazon: () => amazon,
    port: () => port,
    actAs: (sellerId: string) => {
      port = createAmazonPort({ ...amazon.account, sellerId });
    },
    place,
    prepare,
    submit,
    /** Lets so much time pass that Amazon has processed what it has. */
    processed,
    cancel: async (order: Placed): Promise<CancellationOutcome> => {
      const ticket = await submit(await prepare(order));
      processed();
      return port.cancellation.follow(ticket);
    },
    statusOf: ({ amazonOrderId }: Placed) => amazon.booked(amazonOrderId)?.status,
    /** Changes the next answer from such a path; undefined leaves it. */
    tamperOnce: (path: string, tamper: (answer: Response) => Promise<Response | undefined>) =>
      amazon.setTamper(async (asked, answer) => {
        if (!asked.includes(path)) return undefined;
        amazon.setTamper(undefined);
        return tamper(answer);
      }),
  };
}

export const withFields = (changes: object) => async (answer: Response) =>
  Response.json({ ...((await answer.json()) as object), ...changes }, { status: answer.status });
