import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from './clock';
import { type Faults, faultKinds } from './faults';

const faultSchema = z.strictObject({
  method: z.string().optional(),
  path: z.string(),
  kind: z.enum(faultKinds),
  skip: z.int().nonnegative().optional(),
  times: z.int().positive().optional(),
  every: z.int().positive().optional(),
  burst: z.int().positive().optional(),
  status: z.int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  contentType: z.string().optional(),
  body: z.string().optional(),
  delayMs: z.number().optional(),
});
const clockSchema = z.strictObject({
  speed: z.number().positive().optional(),
  advanceMs: z.number().optional(),
});

export interface Controlled {
  clock: Clock;
  faults: Faults;
  /** Current settings of the system as plain JSON. */
  settings(): object;
  /** Merges `changes` into the settings; throws a ZodError on unknown or wrong ones. */
  changeSettings(changes: unknown): void;
  /** Empties the system: orders, sequences, counters. Settings and clock stay. */
  reset(): void;
}

/** `/_sandbox/{settings,faults,clock,reset}`: how tests and `npm start` command a sandbox system. */
export function controlPlane({ clock, faults, settings, changeSettings, reset }: Controlled) {
  const app = new Hono<{ Bindings: HttpBindings }>().basePath('/_sandbox');
  const clockState = () => ({ now: clock.now().toISOString(), speed: clock.speed() });

  app.get('/settings', (c) => c.json(settings()));
  app.patch('/settings', async (c) => {
    changeSettings(await c.req.json());
    return c.json(settings());
  });
  app.get('/faults', (c) => c.json(faults.list()));
  app.post('/faults', async (c) => {
    faults.arm(faultSchema.parse(await c.req.json()) as Parameters<Faults['arm']>[0]);
    return c.json(faults.list());
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json([]);
  });
  app.get('/clock', (c) => c.json(clockState()));
  app.patch('/clock', async (c) => {
    const { speed, advanceMs } = clockSchema.parse(await c.req.json());
    if (speed !== undefined) clock.setSpeed(speed);
    if (advanceMs !== undefined) clock.advance(advanceMs);
    return c.json(clockState());
  });
  app.post('/reset', (c) => {
    reset();
    return c.json({ ok: true });
  });
  app.onError((error, c) => c.json({ error: error.message }, error instanceof z.ZodError ? 400 : 500));
  return app;
}
