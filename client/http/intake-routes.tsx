import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { amazonOrderIdPattern } from '../../domain/order';
import { describePull } from '../intake-words';
import type { Intakes } from '../intakes';
import { OrderNotFoundError } from '../order-errors';
import { actOn, formLimit } from './forms';
import { type FrameOptions, frameOf, type PageEnv } from './frame';
import { IntakePage } from './intake-page';

export interface IntakeRoutesOptions extends FrameOptions {
  readonly intakes: Intakes;
}

/** The page `/intake` with its buttons, and the same as JSON, `/api/intake`. */
export function addIntakeRoutes(app: Hono<PageEnv>, options: IntakeRoutesOptions): void {
  const { intakes } = options;
  app.get('/intake', async (c) => {
    const statuses = await intakes.status();
    const frame = frameOf(c, options);
    return c.html(<IntakePage {...{ frame, statuses, requestId: randomUUID() }} />);
  });
  app.get('/api/intake', async (c) => c.json({ intakes: await intakes.status() }));
  app.post('/intake/:account/reconcile', formLimit, (c) => {
    const account = c.req.param('account');
    return actOn(c, `Account ${account}`, async ({ request }) => {
      const said = await intakes.reconcile(account, {}, request && `reconcile-${request}`);
      return { done: true, sentence: `Account ${account}: ${said}` };
    });
  });
  app.post('/intake/:account/pull/:id', formLimit, (c) => {
    const ref = { account: c.req.param('account'), amazonOrderId: c.req.param('id') };
    const { amazonOrderId: id } = ref;
    if (!amazonOrderIdPattern.test(id)) throw new OrderNotFoundError('Amazon has no such order id.');
    return actOn(c, `Order ${id}`, async ({ request }) =>
      describePull(ref, await intakes.pull(ref, { updateId: request && `pull-${id}-${request}` })),
    );
  });
}
