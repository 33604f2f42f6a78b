import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType } from '@temporalio/common';
import type { AmazonOrder } from '../domain/order';

const { KEYWORD, INT, DATETIME, KEYWORD_LIST } = SearchAttributeType;

/**
 * What the workflows write and the Orders list reads. Stored in clear, so never personal data. Ten Keywords
 * are all that a namespace on a SQL store has.
 */
export const attributes = {
  amazonOrderId: defineSearchAttributeKey('AmazonOrderId', KEYWORD),
  sellerAccount: defineSearchAttributeKey('SellerAccount', KEYWORD),
  marketplace: defineSearchAttributeKey('Marketplace', KEYWORD),
  fulfilledBy: defineSearchAttributeKey('FulfilledBy', KEYWORD),
  channelStatus: defineSearchAttributeKey('ChannelStatus', KEYWORD),
  commerceInstance: defineSearchAttributeKey('CommerceInstance', KEYWORD),
  commerceOrderNumber: defineSearchAttributeKey('CommerceOrderNumber', KEYWORD),
  currency: defineSearchAttributeKey('Currency', KEYWORD),
  /** `lastUpdatedAt` and a keyed hash of the snapshot that was accepted last. */
  amazonVersion: defineSearchAttributeKey('AmazonVersion', KEYWORD),
  /** Hash of the Commerce shipment and track ids that were accepted last. */
  shipmentsSeen: defineSearchAttributeKey('ShipmentsSeen', KEYWORD),
  /** Commerce's entity id. */
  commerceOrderId: defineSearchAttributeKey('CommerceOrderId', INT),
  orderTotalMinor: defineSearchAttributeKey('OrderTotalMinor', INT),
  purchasedAt: defineSearchAttributeKey('PurchasedAt', DATETIME),
  shipBy: defineSearchAttributeKey('ShipBy', DATETIME),
  attention: defineSearchAttributeKey('Attention', KEYWORD_LIST),
  /** Keyed hashes of the parts of the buyer's name and of the e-mail address. */
  buyerTokens: defineSearchAttributeKey('BuyerTokens', KEYWORD_LIST),
} as const;

/**
 * For whoever starts an order's workflow, so that the order is found before its first workflow task; the workflow
 * keeps the rest up from then on.
 */
export const attributesAtStart = (account: string, order: AmazonOrder): SearchAttributePair[] => [
  { key: attributes.amazonOrderId, value: order.amazonOrderId },
  { key: attributes.sellerAccount, value: account },
  { key: attributes.marketplace, value: order.marketplaceId },
  { key: attributes.fulfilledBy, value: order.fulfilledBy },
  { key: attributes.channelStatus, value: 'Pending' },
  { key: attributes.purchasedAt, value: new Date(order.purchasedAt) },
];
