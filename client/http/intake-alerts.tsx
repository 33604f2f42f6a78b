import type { FC } from 'hono/jsx';
import type { IntakeAlert } from '../intake-words';

/** One banner per account that needs a look; kept fresh, and empty where all is well. */
export const IntakeAlerts: FC<{ alerts: readonly IntakeAlert[] }> = ({ alerts }) => (
  <div id="intake-alerts" data-live>
    {alerts.map(({ account, sentences, parked }) => (
      <div class="alert" role="alert" key={account}>
        <b>Account {account}</b>
        {sentences.join(' ')}{' '}
        <a href={`/intake#account-${account}`} id={`look-${account}`}>
          {parked > 0 ? 'See which, and why' : 'See the intake'}
        </a>
      </div>
    ))}
  </div>
);
