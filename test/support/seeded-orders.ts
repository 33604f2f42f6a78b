import { type AmazonOrder, isVerified } from '../../domain/order';
import { createAmazonPort } from '../../integrations/amazon/client';
import { seedOrders } from '../../sandbox/seed';
import { longAgo, minutes, openAmazonService, opening } from './amazon-service';

/** The verified orders of a demo day, read from the sandbox Amazon late in the evening. */
export async function readSeededOrders(seed: string, count: number): Promise<AmazonOrder[]> {
  const amazon = await openAmazonService();
  try {
    for (const spec of seedOrders({ seed, count, startAt: opening, spreadMs: minutes(60) }))
      amazon.place(spec);
    amazon.clock.advance(minutes(12 * 60));
    const { orders } = await createAmazonPort(amazon.account).searchOrders({
      window: { lastUpdatedAfter: longAgo },
    });
    return orders.filter(isVerified);
  } finally {
    await amazon.close();
  }
}
