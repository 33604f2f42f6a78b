import { MockActivityEnvironment } from '@temporalio/testing';
import { createCommerceActivities } from '../../activities/commerce';
import { amazonOrder, orderPolicy } from '../support/orders';
import { attempts, commerceShop, pinnedFor, twoMugs } from './commerce-shop';

const shop = commerceShop();

describe('placing an order by settings that have changed since it was delivered', () => {
  const place = (order = amazonOrder()) => {
    const activities = createCommerceActivities({
      commerce: () => shop.commerce,
      guard: async () => {},
      progress: attempts().next,
      policyOf: (account, marketplaceId) =>
        account === 'acme' && marketplaceId === 'ATVPDKIKX0DER' ? changed : undefined,
    });
    const input = { account: 'acme', order, pinned: pinnedFor(order), orderStatus: 'processing' };
    return new MockActivityEnvironment().run(() => activities.placeOrder(input));
  };
  const changed = orderPolicy({ orderStatus: 'amazon_paid', store: 'default', erp: 'wms' });

  it('takes the present status, the pinned store, and tells the settings', async () => {
    expect(await place()).toMatchObject({ kind: 'placed', policy: changed });
    expect(await shop.booked()).toMatchObject([{ status: 'amazon_paid', store_id: 2 }]);
  });

  it('tells them where it writes nothing', async () => {
    await shop.service.changeProduct('MUG-BLUE-350', { status: 'disabled' });
    expect(await place()).toMatchObject({ kind: 'blocked', policy: changed });
  });

  it('tells none of a marketplace that the settings do not have', async () => {
    expect(await place(twoMugs({ marketplaceId: 'A2EUQ1WTGCTBG2' }))).not.toHaveProperty('policy');
  });
});
