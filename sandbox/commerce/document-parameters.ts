import type { FieldType, Parameters } from './input';

const items: FieldType = {
  many: { fields: { order_item_id: 'int', qty: 'float', extension_attributes: 'any' } },
};
const comment: FieldType = {
  one: { fields: { comment: 'string', is_visible_on_front: 'int', extension_attributes: 'any' } },
};

/** Arguments that invoice, ship and refund have in common. */
export const documentParameters: Parameters = {
  items: { type: items },
  notify: { type: 'boolean' },
  appendComment: { type: 'boolean' },
  comment: { type: comment },
};
