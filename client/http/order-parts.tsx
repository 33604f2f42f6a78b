import type { FC, PropsWithChildren } from 'hono/jsx';
import type { OrderLine } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import { commerceSku, type SkuMap } from '../../domain/sku-map';
import type { Note, OrderState } from '../../workflows/order/contract';
import { describeInstant, describeTotal } from '../words';

export const Card: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <section class="card pad">
    <h2>{title}</h2>
    {children}
  </section>
);

export const Lines: FC<{ snapshot: OrderState }> = ({ snapshot: { delivery, skuMap } }) => {
  if (!delivery) return null;
  const { lines, currency } = delivery.order;
  const mapped: SkuMap = { ...delivery.skuMap, ...skuMap };
  return (
    <section class="card">
      <div class="scroll">
        <table>
          <caption class="hidden">Lines of the order</caption>
          <thead>
            <tr>
              <th scope="col">Product</th>
              {['Ordered', 'Fulfilled', 'Total'].map((title) => (
                <th scope="col" class="right" key={title}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line
                line={line}
                currency={currency}
                commerceSku={commerceSku(mapped, line.sku)}
                key={line.orderItemId}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

interface LineProps {
  readonly line: OrderLine;
  readonly currency: string | null;
  readonly commerceSku: string;
}

const Line: FC<LineProps> = ({ line, currency, commerceSku: sku }) => (
  <tr>
    <th scope="row">
      {line.title}
      <span class="sub">
        {line.sku}
        {sku !== line.sku && ` (${sku} in Commerce)`} · item {line.orderItemId}
      </span>
    </th>
    <td class="number right">{line.quantityOrdered}</td>
    <td class="number right">{line.quantityFulfilled}</td>
    <td class="number right">
      {line.totalMinor !== null && currency && describeTotal({ totalMinor: line.totalMinor, currency })}
    </td>
  </tr>
);

export const Parcels: FC<{ parcels: readonly Parcel[]; timeZone: string }> = ({ parcels, timeZone }) => (
  <Card title="Parcels">
    {parcels.length === 0 ? (
      <p class="sub">Nothing is shipped yet.</p>
    ) : (
      <ul class="story">
        {parcels.map((parcel) => (
          <li key={parcel.parcelId}>
            {parcel.carrierName ?? parcel.carrierCode} <span class="number">{parcel.trackingNumber}</span>
            <span class="sub">
              {describeInstant(parcel.shippedAt, timeZone)} · at Amazon: {parcel.amazon} ·{' '}
              {parcel.lines.map((line) => `${line.quantity} × ${line.orderItemId}`).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    )}
  </Card>
);

export const Notes: FC<{ notes: readonly Note[]; timeZone: string }> = ({ notes, timeZone }) => (
  <Card title="Story">
    <ol class="story">
      {[...notes].reverse().map((note) => (
        <li key={`${note.at} ${note.text}`}>
          {note.text}
          <span class="sub">
            {describeInstant(note.at, timeZone)}
            {note.by !== undefined && ` · ${note.by}`}
          </span>
        </li>
      ))}
    </ol>
  </Card>
);
