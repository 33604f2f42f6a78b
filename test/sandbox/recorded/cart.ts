import type { Scenario } from './scenario';

const address = {
  email: 'a@b.com',
  firstname: 'Jane',
  lastname: 'Doe',
  street: ['410 Terry Ave N'],
  city: 'Seattle',
  region: 'Washington',
  region_code: 'WA',
  region_id: 62,
  postcode: '98109',
  country_id: 'US',
  telephone: '1111111111',
};

export function cart({ recorded, given, post, shop }: Scenario): void {
  const salable = async () => {
    const path = '/rest/V1/inventory/get-product-salable-quantity/INV-CART/1';
    return (await shop().send({ method: 'GET', path })).body;
  };
  recorded('05-cart-create');
  recorded('05-cart-reserve');
  given('three pieces in the cart, and where they go', async () => {
    await post('/carts/1/items', { cartItem: { quote_id: '1', sku: 'INV-CART', qty: 3 } });
    await post('/carts/1/shipping-information', {
      addressInformation: {
        shipping_address: address,
        billing_address: address,
        shipping_carrier_code: 'flatrate',
        shipping_method_code: 'flatrate',
      },
    });
    expect(await salable()).toBe(100);
  });
  recorded('05-cart-order');
  given('their shipment, which leaves 97 as before it', async () => {
    expect(await salable()).toBe(97);
    const placed = shop().commerce.shop.orders.all().at(-1);
    await post(`/order/${placed?.id}/ship`);
    expect(await salable()).toBe(97);
  });
}
