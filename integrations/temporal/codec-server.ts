import type { Payload, PayloadCodec } from '@temporalio/common';
import { JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { z } from 'zod';

const bodySchema = z.object({
  payloads: z.array(
    z.looseObject({
      metadata: z.record(z.string(), z.base64()).nullable().default(null),
      data: z.base64().nullable().default(null),
    }),
  ),
});

export interface CodecServerOptions {
  readonly codec: PayloadCodec;
  /** Origins of the Temporal Web UI, e.g. `http://127.0.0.1:8233` and `http://localhost:8233`. */
  readonly allowedOrigin: string | readonly string[];
}

/**
 * `POST /encode` and `/decode` of Temporal's remote codec protocol (docs.temporal.io/codec-server): a JSON body
 * `{ payloads: [{ metadata, data }] }` with base64 values, answered in the same shape.
 *
 * It decrypts for whoever asks, so the caller must bind it to loopback. Pages of other origins than the Web UI
 * are refused, also when they reach this address under a host name of their own.
 */
export function createCodecServer({ codec, allowedOrigin }: CodecServerOptions): Hono {
  const origins = [allowedOrigin].flat();
  const app = new Hono();
  app.use(async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && !origins.includes(origin)) {
      return c.json({ error: `Origin ${origin} may not use this codec` }, 403);
    }
    return next();
  });
  app.use(cors({ origin: origins, allowMethods: ['POST'], allowHeaders: ['Content-Type', 'X-Namespace'] }));

  const run = async (body: unknown, step: (payloads: Payload[]) => Promise<Payload[]>) => {
    const payloads = bodySchema.parse(body).payloads.map((payload) => JSONToPayload(payload));
    return { payloads: (await step(payloads)).map(payloadToJSON) };
  };
  app.post('/encode', async (c) =>
    c.json(await run(await c.req.json(), (payloads) => codec.encode(payloads))),
  );
  app.post('/decode', async (c) =>
    c.json(await run(await c.req.json(), (payloads) => codec.decode(payloads))),
  );
  app.onError((error, c) => {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return c.json({ error: message }, 400);
  });
  return app;
}
