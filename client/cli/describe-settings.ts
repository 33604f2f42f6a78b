import type { Settings } from '../../config/schema';
import { marketplaceCountry } from '../../domain/marketplaces';
import { describeInstant, localTimeZone } from '../words';
import { type Column, table } from './table';

type Account = Settings['accounts'][number];
type Commerce = Settings['commerce'][number];
type Erp = Settings['erps'][number];
type Destination = readonly [by: string, to: string];
type Marketplace = Account['marketplaces'][number] & { readonly account: string };

/** What a settings file sets, as tables. */
export function describeSettings({ accounts, commerce, erps, alerts }: Settings): string {
  const marketplaces = accounts.flatMap(({ name, marketplaces: own }) =>
    own.map((marketplace) => ({ ...marketplace, account: name })),
  );
  return [
    table(accountColumns, accounts),
    table(marketplaceColumns, marketplaces),
    table(commerceColumns, commerce),
    ...(erps.length > 0 ? [table(erpColumns, erps)] : []),
    ...(alerts ? [table(alertColumns, destinationsOf(alerts))] : []),
  ].join('\n\n');
}

const accountColumns: readonly Column<Account>[] = [
  { title: 'ACCOUNT', value: ({ name }) => name },
  { title: 'SELLER', value: ({ sellerId }) => sellerId },
  { title: 'REGION', value: ({ region }) => region },
  { title: 'MODE', value: ({ mode }) => mode },
  { title: 'IMPORT SINCE', value: ({ importSince }) => describeInstant(importSince, localTimeZone()) },
  { title: 'NOTIFICATIONS', value: ({ notifications }) => (notifications ? 'queue' : 'none') },
];

const marketplaceColumns: readonly Column<Marketplace>[] = [
  { title: 'MARKETPLACE', value: ({ id }) => id },
  { title: 'COUNTRY', value: ({ id }) => marketplaceCountry(id) ?? '' },
  { title: 'ACCOUNT', value: ({ account }) => account },
  { title: 'ORDERS', value: ({ importOrders }) => (importOrders === 'enabled' ? 'imported' : 'listed only') },
  { title: 'COMMERCE', value: ({ commerce }) => commerce },
  { title: 'STORE', value: ({ store }) => store },
  { title: 'CUSTOMER', value: ({ customer }) => customer },
  { title: 'NUMBER', value: ({ orderNumber: { source, prefix } }) => `${prefix && `${prefix}… `}${source}` },
  { title: 'STATUS', value: ({ orderStatus }) => orderStatus },
  { title: 'INVOICE', value: ({ invoice }) => invoice },
  { title: 'INVENTORY', value: ({ inventory }) => inventory },
  { title: 'PENDING', value: ({ pendingStock }) => (pendingStock === 'reserve' ? 'reserve' : '') },
  { title: 'FBA', value: ({ fbaOrders }) => fbaOrders },
  { title: 'ERP', value: ({ erp }) => erp ?? 'none' },
];

const commerceColumns: readonly Column<Commerce>[] = [
  { title: 'COMMERCE', value: ({ name }) => name },
  { title: 'EDITION', value: ({ edition }) => edition },
  { title: 'ADDRESS', value: ({ url }) => url },
];

const erpColumns: readonly Column<Erp>[] = [
  { title: 'ERP', value: ({ name }) => name },
  { title: 'KIND', value: ({ kind }) => kind },
  { title: 'ADDRESS', value: ({ url }) => url },
];

const alertColumns: readonly Column<Destination>[] = [
  { title: 'ALERTS BY', value: ([by]) => by },
  { title: 'TO', value: ([, to]) => to },
];

const destinationsOf = ({ webhook, mail }: NonNullable<Settings['alerts']>): Destination[] => [
  ...(webhook ? [['webhook', webhook.url] as const] : []),
  ...(mail ? [['mail', mail.to.join(', ')] as const] : []),
];
