/** One product of the demo shop, as Commerce stocks it and Amazon lists it. */
export interface CatalogProduct {
  /** Entity id of the product in Commerce. */
  id: number;
  sku: string;
  name: string;
  /** Price of one piece in US cents, without tax. */
  priceMinor: number;
  /** Weight of one piece in pounds. */
  weight: number;
  /** Pieces in stock when the demo begins. */
  quantity: number;
}

/** What the demo shop sells. Both the Commerce stock and the Amazon orders are made from it. */
export const catalog: readonly CatalogProduct[] = [
  {
    id: 101,
    sku: 'MUG-BLUE-350',
    name: 'Stoneware mug, blue, 350 ml',
    priceMinor: 1499,
    weight: 0.9,
    quantity: 500,
  },
  {
    id: 102,
    sku: 'MUG-SAND-350',
    name: 'Stoneware mug, sand, 350 ml',
    priceMinor: 1499,
    weight: 0.9,
    quantity: 500,
  },
  {
    id: 103,
    sku: 'TEAPOT-IRON-08',
    name: 'Cast-iron teapot, 0.8 l',
    priceMinor: 5495,
    weight: 3.7,
    quantity: 500,
  },
  {
    id: 104,
    sku: 'KETTLE-GOOSE-1',
    name: 'Gooseneck kettle, 1 l',
    priceMinor: 6999,
    weight: 2.4,
    quantity: 500,
  },
  { id: 105, sku: 'GRINDER-HAND', name: 'Hand coffee grinder', priceMinor: 4250, weight: 1.3, quantity: 500 },
  {
    id: 106,
    sku: 'FILTER-V60-100',
    name: 'Paper filters, 100 pieces',
    priceMinor: 799,
    weight: 0.3,
    quantity: 500,
  },
  {
    id: 107,
    sku: 'TOWEL-LINEN-2',
    name: 'Linen tea towels, set of two',
    priceMinor: 2190,
    weight: 0.5,
    quantity: 500,
  },
  {
    id: 108,
    sku: 'BOARD-OAK-M',
    name: 'Oak cutting board, medium',
    priceMinor: 3875,
    weight: 2.8,
    quantity: 500,
  },
  {
    id: 109,
    sku: 'SPOON-OLIVE-3',
    name: 'Olive-wood spoons, set of three',
    priceMinor: 1825,
    weight: 0.4,
    quantity: 500,
  },
  {
    id: 110,
    sku: 'JAR-GLASS-6',
    name: 'Storage jars, set of six',
    priceMinor: 3333,
    weight: 4.1,
    quantity: 500,
  },
];
