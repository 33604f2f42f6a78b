import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { demoRates } from '../../sandbox/seed-features';
import { createStartStep } from '../progress';
import { describeFailure, SetUpError } from '../set-up-error';
import type { BookAddresses } from './books';
import { runProgram } from './child';
import { demoSecrets, writeDemoSecrets, writeDemoSettings } from './demo-settings';
import { type Installation, startChannel, startTemporal, Undoing } from './installation';
import { type Ports, requireFree } from './ports';
import { startQueue, subscribeQueue } from './queue';

export interface DemoOptions {
  /** Keeps Temporal's database, the sandbox's state, settings, key ring and logs. */
  readonly folder: string;
  readonly ports: Ports;
  /** How many times faster than real time the sandbox's clock runs. */
  readonly speed: number;
  readonly seed: string;
  readonly orders: number;
  /** Sandbox hours over which the orders are placed. */
  readonly spreadHours: number;
}

export interface Demo extends Installation {
  readonly addresses: BookAddresses;
}

const sandboxReady = z.object({ amazon: z.url(), commerce: z.url(), erp: z.url(), now: z.string() });

/** The sandbox systems and the channel on them; on a folder that was used before, everything goes on. */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const { folder, ports } = options;
  const undo = new Undoing();
  try {
    mkdirSync(folder, { recursive: true });
    await requireFree(ports);
    const temporal = await startTemporal(folder, ports);
    undo.add(() => temporal.stop());
    const name = demoName(folder);
    const incidents: string[] = [];
    const { systems, queue } = await startSystems(options, { name, incidents, undo });

    const settings = join(folder, 'channel.yaml');
    const { now, ...addresses } = systems;
    const temporalUi = temporal.uiUrl ?? `http://127.0.0.1:${ports.temporalUi}`;
    writeDemoSettings(settings, {
      name,
      folder,
      queue,
      importSince: now,
      taskQueue: `amazon-sales-channel-${name}`,
      addresses: { ...addresses, page: ports.page, codec: ports.codec, temporalUi },
    });
    const secrets = demoSecrets(name);
    writeDemoSecrets(join(folder, 'secrets.env'), secrets);
    const channel = await startChannel(settings, secrets, temporal, undo);
    await goOn(channel, name, folder);
    return {
      ...channel,
      temporal,
      addresses,
      get incidents() {
        return [...incidents, ...channel.incidents];
      },
      stop: () => undo.run(),
    };
  } catch (error) {
    await undo.run().catch((later: unknown) => process.stderr.write(`${describeFailure(later)}\n`));
    throw error;
  }
}

/** Its ports may be others at each start, and the sandbox is nobody's shop. @throws SetUpError */
async function goOn({ accounts }: Pick<Demo, 'accounts'>, name: string, folder: string): Promise<void> {
  try {
    await accounts.confirm(name, 'npm start');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetUpError(
      `The demo in ${folder} does not go on (${reason}). If an earlier version of the channel began it, remove the folder to begin anew.`,
    );
  }
}

/** A name that no other demo has, for a Temporal server that several of them may share. */
function demoName(folder: string): string {
  const file = join(folder, 'name');
  if (!existsSync(file)) writeFileSync(file, `demo-${randomBytes(3).toString('hex')}`);
  return readFileSync(file, 'utf8');
}

interface Around {
  readonly name: string;
  readonly incidents: string[];
  readonly undo: Undoing;
}

/** The sandbox and the queue that its Amazon tells of changes. */
async function startSystems(options: DemoOptions, around: Around) {
  const step = createStartStep()('Starting the sandbox Amazon, Commerce and ERP');
  try {
    const queue = await startQueue(options.ports.sqs);
    around.undo.add(() => queue.stop());
    const systems = await startSandbox(options, around);
    await allowCurrencies(systems.commerce);
    await subscribeQueue(systems.amazon, queue);
    step.done();
    return { systems, queue: queue.address };
  } catch (error) {
    step.failed();
    throw error;
  }
}

/** Of the marketplaces beside Amazon.com, whose orders go to the same website. @throws SetUpError */
async function allowCurrencies(commerce: string): Promise<void> {
  const answer = await fetch(`${commerce}/_sandbox/currencies/amazon`, {
    method: 'POST',
    body: JSON.stringify({ rates: demoRates }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new SetUpError('The sandbox Commerce does not take the exchange rates.');
}

async function startSandbox(options: DemoOptions, { name, incidents, undo }: Around) {
  const { folder, ports, speed, seed, orders, spreadHours } = options;
  const settings = {
    folder: join(folder, 'sandbox'),
    'amazon-port': ports.amazon,
    'commerce-port': ports.commerce,
    'erp-port': ports.erp,
    speed,
    seed,
    orders,
    'spread-hours': spreadHours,
    'erp-callback': `http://127.0.0.1:${ports.page}/webhooks/erp/${name}`,
  };
  const args = Object.entries(settings).flatMap(([option, value]) => [`--${option}`, String(value)]);
  const program = { name: 'sandbox', script: 'sandbox/main.ts', args, env: {} };
  const running = await runProgram(program, (sentence) => incidents.push(sentence));
  undo.add(() => running.stop());
  return sandboxReady.parse(running.ready);
}
