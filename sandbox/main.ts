import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openSandbox, type SandboxOptions } from './sandbox';

const port = z.coerce.number().int().min(0).max(65_535).default(0);
const optionsSchema = z.object({
  folder: z.string().min(1).optional(),
  'amazon-port': port,
  'commerce-port': port,
  'erp-port': port,
  speed: z.coerce.number().positive().optional(),
  seed: z.string().default('demo'),
  orders: z.coerce.number().int().nonnegative().default(24),
  'spread-hours': z.coerce.number().nonnegative().default(10),
  'erp-callback': z.url().optional(),
});

/** Throws an Error whose message says which option is wrong and why. */
function readOptions(args: string[]): SandboxOptions {
  const options = Object.fromEntries(
    Object.keys(optionsSchema.shape).map((name) => [name, { type: 'string' as const }]),
  );
  const { data, error } = optionsSchema.safeParse(parseArgs({ args, options }).values);
  if (error) {
    throw new Error(error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '));
  }
  const { folder, speed, 'erp-callback': erpCallback } = data;
  return {
    ...(folder !== undefined && { folder }),
    ...(speed !== undefined && { speed }),
    ...(erpCallback !== undefined && { erpCallback }),
    ports: { amazon: data['amazon-port'], commerce: data['commerce-port'], erp: data['erp-port'] },
    demo: { seed: data.seed, orders: data.orders, spreadHours: data['spread-hours'] },
  };
}

async function main(): Promise<void> {
  const sandbox = await openSandbox(readOptions(process.argv.slice(2)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
  const ready = { ...sandbox.urls, now: sandbox.startedAt.toISOString() };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
