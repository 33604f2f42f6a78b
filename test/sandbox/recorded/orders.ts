import { readRecording } from './replay';

export type Entity = Record<string, unknown>;

const entityOf = (name: string): Entity => (readRecording(name).request.body as { entity: Entity }).entity;

/** The recorded two-line order of a merchant that ships himself. */
export const fbmOrder = () => entityOf('01-create-order-mfn');

/** An order of one line at 10.00 a piece. */
export function tenEach(
  sku: string,
  quantity: number,
  storeId: number,
  product: { id: number; name?: string },
): Entity {
  const entity = entityOf('04-shared-import');
  const [line] = entity.items as Entity[];
  const total = 10 * quantity;
  const totals = (source: Entity, names: string) =>
    Object.fromEntries(
      names
        .split(' ')
        .flatMap((name) => [name, `base_${name}`])
        .filter((name) => name in source)
        .map((name) => [name, total]),
    );
  return {
    ...entity,
    ...totals(entity, 'grand_total subtotal subtotal_incl_tax total_due'),
    store_id: storeId,
    total_qty_ordered: quantity,
    base_total_qty_ordered: quantity,
    weight: quantity,
    payment: { ...(entity.payment as Entity), amount_ordered: total, base_amount_ordered: total },
    items: [
      {
        ...line,
        ...totals(line ?? {}, 'row_total row_total_incl_tax'),
        sku,
        name: product.name ?? sku,
        product_id: product.id,
        store_id: storeId,
        qty_ordered: quantity,
        row_weight: quantity,
      },
    ],
  };
}
