import { raw } from 'hono/html';
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { Outcome } from './outcome';
import { refreshScript } from './refresh';
import { styles } from './styles';

export interface Frame {
  /** Of the content security policy: what is inline runs only with it. */
  readonly nonce: string;
  readonly temporalUi: string;
  readonly timeZone: string;
  readonly outcome?: Outcome | undefined;
  /** Asked for by the page's own script, which takes the live parts only: no style, no script. */
  readonly isRefresh: boolean;
}

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%233350d8'/%3E%3Cpath d='M7 12l9-5 9 5v9l-9 5-9-5z M7 12l9 5 9-5 M16 17v9' fill='none' stroke='white' stroke-width='2.4' stroke-linejoin='round'/%3E%3C/svg%3E";

const Mark: FC = () => (
  <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#3350d8" />
    <path
      d="M7 12l9-5 9 5v9l-9 5-9-5z M7 12l9 5 9-5 M16 17v9"
      fill="none"
      stroke="white"
      stroke-width="2.4"
      stroke-linejoin="round"
    />
  </svg>
);

/** The frame around each page; elements with `data-live` and an id are what the script keeps fresh. */
export const Layout: FC<PropsWithChildren<{ title: string; frame: Frame }>> = ({
  title,
  frame,
  children,
}) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} · Amazon Sales Channel</title>
        <link rel="icon" href={icon} />
        {!frame.isRefresh && <style nonce={frame.nonce}>{raw(styles)}</style>}
      </head>
      <body>
        <header class="top">
          <a class="brand" href="/">
            <Mark />
            Amazon Sales Channel
          </a>
          <div class="end">
            <span class="live" id="live-state" hidden />
            <a href="/intake">Intake</a>
            <a href={frame.temporalUi}>Temporal Web UI</a>
          </div>
        </header>
        <main>
          {frame.outcome && (
            <p
              class={frame.outcome.done ? 'said' : 'said refused'}
              role={frame.outcome.done ? 'status' : 'alert'}
            >
              {frame.outcome.sentence}
            </p>
          )}
          {children}
        </main>
        <footer>Times in {frame.timeZone}</footer>
        {!frame.isRefresh && <script nonce={frame.nonce}>{raw(refreshScript)}</script>}
      </body>
    </html>
  </>
);
