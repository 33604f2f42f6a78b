import { type DataType, fieldsOf, twinsOf } from './input';

// The interfaces of Magento_Sales in 2.4.6, after the vendor's published schema (Magento\Sales\Api\Data).

export const addressType: DataType = {
  fields: {
    ...fieldsOf(
      'string',
      `address_type city company country_id email fax firstname lastname middlename postcode prefix region
       region_code suffix telephone vat_id vat_request_date vat_request_id`,
    ),
    ...fieldsOf(
      'int',
      'customer_address_id customer_id entity_id parent_id region_id vat_is_valid vat_request_success',
    ),
    street: 'string[]',
    extension_attributes: { one: { fields: {} } },
  },
};

export const paymentType: DataType = {
  fields: {
    ...fieldsOf(
      'string',
      `account_status additional_data address_status anet_trans_method cc_approval cc_avs_status cc_cid_status
       cc_debug_request_body cc_debug_response_body cc_debug_response_serialized cc_exp_month cc_exp_year
       cc_last4 cc_number_enc cc_owner cc_secure_verify cc_ss_issue cc_ss_start_month cc_ss_start_year cc_status
       cc_status_description cc_trans_id cc_type echeck_account_name echeck_account_type echeck_bank_name
       echeck_routing_number echeck_type last_trans_id method po_number protection_eligibility`,
    ),
    ...twinsOf(
      'float',
      `amount_authorized amount_canceled amount_ordered amount_paid amount_refunded shipping_amount
       shipping_captured shipping_refunded`,
    ),
    ...fieldsOf('float', 'base_amount_paid_online base_amount_refunded_online'),
    ...fieldsOf('int', 'entity_id parent_id quote_payment_id'),
    additional_information: 'string[]',
    extension_attributes: {
      one: { fields: { vault_payment_token: 'any', notification_message: 'string' } },
    },
  },
};

export const historyType: DataType = {
  fields: {
    ...fieldsOf('string', 'comment created_at entity_name status'),
    ...fieldsOf('int', 'entity_id is_customer_notified is_visible_on_front parent_id'),
    extension_attributes: { one: { fields: {} } },
  },
};

export const itemType: DataType = {
  fields: {
    ...fieldsOf(
      'string',
      `additional_data applied_rule_ids created_at description ext_order_item_id name product_type sku updated_at
       weee_tax_applied`,
    ),
    ...twinsOf(
      'float',
      `amount_refunded discount_amount discount_invoiced discount_refunded discount_tax_compensation_amount
       discount_tax_compensation_invoiced discount_tax_compensation_refunded original_price price price_incl_tax
       row_invoiced row_total row_total_incl_tax tax_amount tax_before_discount tax_invoiced tax_refunded
       weee_tax_applied_amount weee_tax_disposition weee_tax_row_disposition`,
    ),
    ...fieldsOf(
      'float',
      `base_cost base_weee_tax_applied_row_amnt weee_tax_applied_row_amount discount_percent
       discount_tax_compensation_canceled qty_backordered qty_canceled qty_invoiced qty_ordered qty_refunded
       qty_returned qty_shipped row_weight tax_canceled tax_percent weight gw_base_price gw_base_price_invoiced
       gw_base_price_refunded gw_base_tax_amount gw_base_tax_amount_invoiced gw_base_tax_amount_refunded gw_price
       gw_price_invoiced gw_price_refunded gw_tax_amount gw_tax_amount_invoiced gw_tax_amount_refunded`,
    ),
    ...fieldsOf(
      'int',
      `event_id free_shipping gw_id is_qty_decimal is_virtual item_id locked_do_invoice locked_do_ship no_discount
       order_id parent_item_id product_id quote_item_id store_id`,
    ),
    parent_item: 'any',
    product_option: 'any',
    extension_attributes: { one: { fields: { gift_message: 'any' } } },
  },
};

export const shippingTotalType: DataType = {
  fields: {
    ...twinsOf(
      'float',
      `shipping_amount shipping_canceled shipping_discount_amount shipping_incl_tax shipping_invoiced
       shipping_refunded shipping_tax_amount shipping_tax_refunded`,
    ),
    ...fieldsOf(
      'float',
      'shipping_discount_tax_compensation_amount base_shipping_discount_tax_compensation_amnt',
    ),
    extension_attributes: { one: { fields: {} } },
  },
};

const shippingType: DataType = {
  fields: {
    address: { one: addressType },
    method: 'string',
    total: { one: shippingTotalType },
    extension_attributes: { one: { fields: { ext_order_id: 'string', shipping_experience: 'any' } } },
  },
};

const orderExtensionType: DataType = {
  fields: {
    shipping_assignments: {
      many: {
        fields: {
          shipping: { one: shippingType },
          items: { many: itemType },
          stock_id: 'int',
          extension_attributes: { one: { fields: {} } },
        },
      },
    },
    payment_additional_info: { many: { fields: fieldsOf('string', 'key value') } },
    gift_message: 'any',
    applied_taxes: 'any',
    item_applied_taxes: 'any',
    converting_from_quote: 'boolean',
    pickup_location_code: 'string',
    notification_sent: 'int',
    send_notification: 'int',
  },
};

export const orderType: DataType = {
  fields: {
    ...twinsOf(
      'float',
      `adjustment_negative adjustment_positive discount_amount discount_canceled discount_invoiced
       discount_refunded discount_tax_compensation_amount discount_tax_compensation_invoiced
       discount_tax_compensation_refunded grand_total shipping_amount shipping_canceled shipping_discount_amount
       shipping_incl_tax shipping_invoiced shipping_refunded shipping_tax_amount shipping_tax_refunded subtotal
       subtotal_canceled subtotal_incl_tax subtotal_invoiced subtotal_refunded tax_amount tax_canceled tax_invoiced
       tax_refunded total_canceled total_due total_invoiced total_offline_refunded total_online_refunded total_paid
       total_qty_ordered total_refunded`,
    ),
    ...fieldsOf(
      'float',
      `base_shipping_discount_tax_compensation_amnt shipping_discount_tax_compensation_amount
       base_total_invoiced_cost base_to_global_rate base_to_order_rate payment_authorization_amount
       store_to_base_rate store_to_order_rate weight`,
    ),
    ...fieldsOf(
      'string',
      `applied_rule_ids base_currency_code coupon_code created_at customer_dob customer_email customer_firstname
       customer_lastname customer_middlename customer_note customer_prefix customer_suffix customer_taxvat
       discount_description ext_customer_id ext_order_id global_currency_code hold_before_state
       hold_before_status increment_id order_currency_code original_increment_id protect_code relation_child_id
       relation_child_real_id relation_parent_id relation_parent_real_id remote_ip shipping_description state
       status store_currency_code store_name updated_at x_forwarded_for`,
    ),
    ...fieldsOf(
      'int',
      `billing_address_id can_ship_partially can_ship_partially_item customer_gender customer_group_id customer_id
       customer_is_guest customer_note_notify edit_increment email_sent entity_id forced_shipment_with_invoice
       is_virtual payment_auth_expiration quote_address_id quote_id store_id total_item_count`,
    ),
    items: { many: itemType },
    billing_address: { one: addressType },
    payment: { one: paymentType },
    status_histories: { many: historyType },
    extension_attributes: { one: orderExtensionType },
  },
};
