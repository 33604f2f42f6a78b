import { type AmazonSandbox, createAmazonSandbox } from './amazon';
import { type Clock, createClock } from './clock';
import { type CommerceSandbox, createCommerceSandbox, startWarehouse, type Warehouse } from './commerce';
import { createErpSandbox, type ErpSandbox } from './erp';
import { seedOrders } from './seed';
import { type ExchangeListener, type Listening, listen } from './server';
import { openStore, type Store } from './store';

type System = 'amazon' | 'commerce' | 'erp';

/** Orders that are placed at Amazon one after the other, from the time of the first start. */
export interface Demo {
  /** The same seed gives the same orders. */
  seed: string;
  orders: number;
  /** Sandbox hours over which they are placed. */
  spreadHours: number;
}

export interface SandboxOptions {
  /** Where the sandbox remembers everything; without one it forgets everything when it is closed. */
  folder?: string;
  /** On loopback; without one, a free port. */
  ports?: Partial<Record<System, number>>;
  /** How much faster than real time the clock runs. Without one: as before; 60 at first. */
  speed?: number;
  /** Placed at the first start on a folder, never again. */
  demo?: Demo;
  /** Where the ERP posts its answers. Without one: as before; at first they wait. */
  erpCallback?: string;
  /** Further sellers at Amazon, each with orders, settings and quotas of its own, on free ports. */
  moreAmazons?: readonly string[];
  /** Told all requests and answers but those of the control planes. */
  onExchange?: ExchangeListener;
}

export interface Sandbox {
  urls: Record<System, string>;
  /** Of the further sellers, by name. */
  amazonUrls: Record<string, string>;
  /** Sandbox time of the first start on this folder, when the demo begins. */
  startedAt: Date;
  clock: Clock;
  amazon: AmazonSandbox;
  /** The further sellers, by name. */
  amazons: Record<string, AmazonSandbox>;
  commerce: CommerceSandbox;
  warehouse: Warehouse;
  erp: ErpSandbox;
  /** Stops the clock and all that runs by it, once; a later sandbox on the folder goes on from there. */
  close(): Promise<void>;
}

const usualSpeed = 60;

/**
 * Amazon, Commerce with its warehouse, and the ERP: one store, one clock, each on a port of its own.
 *
 * @throws PortInUseError
 */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { folder, speed, erpCallback, onExchange, moreAmazons = [] } = options;
  const store = openStore(folder);
  const clock = createClock(store, speed ?? usualSpeed);
  const parts = { store, clock, ...(onExchange && { onExchange }) };
  const systems = {
    amazon: createAmazonSandbox(parts),
    commerce: createCommerceSandbox(parts),
    erp: createErpSandbox(parts),
  };
  const amazons = Object.fromEntries(
    moreAmazons.map((name) => [name, createAmazonSandbox({ ...parts, name })]),
  );
  const served = await serve({ systems, amazons, ports: options.ports ?? {} }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );

  if (speed !== undefined) clock.setSpeed(speed);
  if (erpCallback !== undefined) systems.erp.settings.change({ callbackUrl: erpCallback });
  const startedAt = firstStart(store, clock, systems.amazon, options.demo);
  const stopClock = clock.keep();
  const warehouse = startWarehouse(systems);
  const working = [systems.erp, systems.amazon, ...Object.values(amazons)];
  for (const each of working) each.start();

  const stop = async () => {
    warehouse.stop();
    await Promise.all([...working.map((each) => each.stop()), served.close()]);
    stopClock();
    await store.close();
  };
  let stopped: Promise<void> | undefined;
  const close = () => {
    stopped ??= stop();
    return stopped;
  };
  const { urls, amazonUrls } = served;
  return { ...systems, amazons, urls, amazonUrls, startedAt, clock, warehouse, close };
}

type Served = Pick<AmazonSandbox, 'app'>;

interface Serving {
  systems: Record<System, Served>;
  amazons: Record<string, Served>;
  ports: NonNullable<SandboxOptions['ports']>;
}

async function serve({ systems: { amazon, commerce, erp }, amazons, ports }: Serving) {
  const listening: Listening[] = [];
  const on = async ({ app }: Served, port = 0) => {
    const server = await listen(app, port);
    listening.push(server);
    return server.url;
  };
  const close = async () => {
    await Promise.all(listening.map((server) => server.close()));
  };
  try {
    const urls: Record<System, string> = {
      amazon: await on(amazon, ports.amazon),
      commerce: await on(commerce, ports.commerce),
      erp: await on(erp, ports.erp),
    };
    const amazonUrls: Record<string, string> = {};
    for (const [name, each] of Object.entries(amazons)) amazonUrls[name] = await on(each);
    return { urls, amazonUrls, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Places the demo's orders and notes when that was, both or neither; later starts only read it. */
function firstStart(store: Store, clock: Clock, amazon: AmazonSandbox, demo?: Demo): Date {
  const starts = store.collection<{ at: string }>('first-start');
  return store.transaction(() => {
    const known = starts.get('start');
    if (known) return new Date(known.at);
    const startAt = clock.now();
    starts.put('start', { at: startAt.toISOString() });
    const { seed = '', orders: count = 0, spreadHours = 0 } = demo ?? {};
    const placed = count > 0 ? seedOrders({ seed, count, startAt, spreadMs: spreadHours * 3_600_000 }) : [];
    for (const order of placed) amazon.addOrder(order);
    return startAt;
  });
}
