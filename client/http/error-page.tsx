import type { FC } from 'hono/jsx';
import { type Frame, Layout } from './layout';

export const ErrorPage: FC<{ frame: Frame; sentence: string }> = ({ frame, sentence }) => (
  <Layout title="Not shown" frame={frame}>
    <p class="card empty">{sentence}</p>
    <p>
      <a href="/">← Orders</a>
    </p>
  </Layout>
);
