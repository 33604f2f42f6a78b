import { type OpenShop, openShop } from './commerce-client';
import { clientOf, orderEntity } from './commerce-orders';

let shop: OpenShop;

beforeAll(async () => {
  shop = openShop();
  const client = clientOf(shop);
  for (const [index, state] of ['processing', 'new', 'processing', 'processing'].entries()) {
    await client.createOrder(
      orderEntity(`N-${index + 1}`, [{ sku: 'MUG-BLUE-350', qty: 1, price: 10 + index }], {
        state,
        status: state,
        created_at: `2026-10-0${index + 1} 12:00:00`,
        ...(index === 3 && { ext_order_id: null }),
      }),
    );
  }
});
afterAll(() => shop.store.close());

const filter = (group: number, index: number, field: string, value: string, condition = 'eq') => {
  const start = `searchCriteria[filterGroups][${group}][filters][${index}]`;
  return [`${start}[field]=${field}`, `${start}[value]=${value}`, `${start}[conditionType]=${condition}`];
};
const search = async (parts: string[], path = '/rest/V1/orders') => {
  const query = parts.map((part) => part.split('=').map(encodeURIComponent).join('=')).join('&');
  return shop.send({ method: 'GET', path, query });
};
const numbersOf = async (...parts: string[]) => {
  const { body } = await search([...parts, 'fields=items[increment_id]']);
  return ((body as { items: { increment_id: string }[] | null }).items ?? []).map((one) => one.increment_id);
};

describe('searching orders', () => {
  it.each([
    [['state', 'new'], ['N-2']],
    [
      ['state', 'new', 'neq'],
      ['N-1', 'N-3', 'N-4'],
    ],
    [
      ['increment_id', 'N-4,N-1', 'in'],
      ['N-1', 'N-4'],
    ],
    [
      ['increment_id', 'N-4,N-1', 'nin'],
      ['N-2', 'N-3'],
    ],
    [['increment_id', 'n-1'], ['N-1']],
    [['increment_id', '%-3', 'like'], ['N-3']],
    [
      ['grand_total', '12', 'gteq'],
      ['N-3', 'N-4'],
    ],
    [['grand_total', '11', 'lt'], ['N-1']],
    [
      ['created_at', '2026-10-02 12:00:00', 'gt'],
      ['N-3', 'N-4'],
    ],
    [['ext_order_id', '', 'null'], ['N-4']],
    [
      ['ext_order_id', '', 'notnull'],
      ['N-1', 'N-2', 'N-3'],
    ],
  ])('%j finds %j', async ([field = '', value = '', condition], wanted) => {
    expect(await numbersOf(...filter(0, 0, field, value, condition))).toEqual(wanted);
  });

  it('takes filters of one group as alternatives, and groups as restrictions', async () => {
    const either = [...filter(0, 0, 'increment_id', 'N-1'), ...filter(0, 1, 'increment_id', 'N-2')];
    expect(await numbersOf(...either)).toEqual(['N-1', 'N-2']);
    expect(await numbersOf(...either, ...filter(1, 0, 'state', 'new'))).toEqual(['N-2']);
  });

  it('pages, sorts and counts', async () => {
    const page = ['searchCriteria[pageSize]=3', 'searchCriteria[currentPage]=2'];
    const sorted = [
      'searchCriteria[sortOrders][0][field]=entity_id',
      'searchCriteria[sortOrders][0][direction]=DESC',
    ];
    expect(await numbersOf(...page)).toEqual(['N-4']);
    expect(await numbersOf(...page, ...sorted)).toEqual(['N-1']);
    expect((await search([...page, 'fields=total_count'])).body).toEqual({ total_count: 4 });
    expect(
      (await search(['searchCriteria[pageSize]=3', 'searchCriteria[currentPage]=9'])).body,
    ).toMatchObject({
      items: [],
      total_count: 4,
    });
  });

  it('finds an order through any store code, and refuses one that does not exist', async () => {
    for (const store of ['', '/all', '/default', '/amazon_us']) {
      const { body } = await search(filter(0, 0, 'ext_order_id', 'N-1'), `/rest${store}/V1/orders`);
      expect(body).toMatchObject({ total_count: 1 });
    }
    expect(await search(['searchCriteria='], '/rest/nowhere/V1/orders')).toMatchObject({
      status: 400,
      body: { message: 'Specified request cannot be processed.' },
    });
  });

  it('leaves of an answer what `fields` asks for', async () => {
    const one = filter(0, 0, 'increment_id', 'N-1');
    const { body } = await search([
      ...one,
      'fields=items[increment_id,items[sku],billing_address[city]],total_count',
    ]);
    expect(body).toEqual({
      items: [
        { increment_id: 'N-1', items: [{ sku: 'MUG-BLUE-350' }], billing_address: { city: 'Seattle' } },
      ],
      total_count: 1,
    });
    expect((await search([...one, 'fields=nothing'])).body).toEqual([]);
  });

  it('knows only its own columns', async () => {
    expect((await search(filter(0, 0, 'track_number', '1Z'), '/rest/V1/shipments')).status).toBe(500);
    expect((await search(filter(0, 0, 'items', 'x'))).status).toBe(500);
  });
});
