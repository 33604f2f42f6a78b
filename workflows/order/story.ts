import { formatMinor } from '../../domain/money';
import { confirmationMs } from '../../domain/parcel';
import { type AllocatedStock, describeUnits, hasUnits } from '../../domain/stock';
import type { OrderState } from './contract';

/** The order in Markdown, for the Temporal Web UI: what it waits for, and how it came here. */
export function describe(state: OrderState): string {
  const { delivery } = state;
  if (!delivery) return 'Waits for the order itself.';
  const { order } = delivery;
  const total =
    order.totalMinor === null || order.currency === null
      ? 'not known yet'
      : `${formatMinor(order.totalMinor, order.currency)} ${order.currency}`;
  return [
    `**${state.channelStatus}** – ${waitingFor(state)}`,
    '',
    `| | |`,
    `|---|---|`,
    `| Amazon | ${order.status}, fulfilled by ${order.fulfilledBy === 'AMAZON' ? 'Amazon (FBA)' : 'the merchant (FBM)'} |`,
    `| Total | ${total} |`,
    `| Ship by | ${order.shipBy ?? '–'} |`,
    `| Commerce order | ${state.commerce ? `${state.commerce.number} (${state.commerce.state})` : '–'} |`,
    ...(state.stock ? [`| Stock | ${stockOf(state.stock)} |`] : []),
    `| ERP order | ${state.handOff.erpOrderNumber ?? state.handOff.stage} |`,
    `| Parcels | ${parcels(state)} |`,
    ...section(
      'Needs attention',
      state.attention.map(({ note, since }) => `${note} (since ${since})`),
    ),
    ...section(
      'Latest notes',
      state.notes.slice(-8).map(({ at, text, by }) => `${at}: ${text}${by === undefined ? '' : ` – ${by}`}`),
    ),
  ].join('\n');
}

function stockOf({ units, unknown, shop }: AllocatedStock): string {
  if (unknown) return `nobody knows whether ${describeUnits(unknown)} were moved`;
  return hasUnits(units) ? `${describeUnits(units)} at source ${shop.allocation}` : 'none moved';
}

function parcels(state: OrderState): string {
  if (state.parcels.length === 0) return 'none yet';
  const shown = confirmationMs(state.parcels);
  const each = state.parcels.map(
    ({ carrierCode, trackingNumber, amazon }) => `${carrierCode} ${trackingNumber} (${amazon})`,
  );
  const after =
    shown === undefined ? '' : `; Amazon showed all ${Math.round(shown / 1_000)} s after the last`;
  return `${each.join(', ')}${after}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, ...lines.map((line) => `- ${line}`)];
}

function waitingFor(state: OrderState): string {
  const status = state.delivery?.order.status;
  if (state.held) return 'held by an operator; parcels that left are confirmed all the same';
  if (state.completed) return settlingOf(state);
  if (status === 'PENDING' || status === 'PENDING_AVAILABILITY')
    return 'waits for Amazon to verify the payment';
  if (!state.commerce) {
    const at = state.waits.placement;
    return at ? `waits to be created in Commerce, next attempt ${at}` : 'is created in Commerce';
  }
  const sent = state.parcels.filter(({ amazon }) => amazon === 'sent').length;
  if (sent > 0) return `waits for Amazon to show ${sent === 1 ? 'a parcel' : `${sent} parcels`}`;
  return 'waits for shipments';
}

function settlingOf({ waits: { settling }, attention }: OrderState): string {
  if (settling === undefined) return 'done';
  if (Date.parse(settling) > Date.now()) return `open for corrections until ${settling}`;
  return attention.length > 0 ? 'waits until somebody settles what it shows' : 'done';
}
