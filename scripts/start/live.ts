import { join } from 'node:path';
import { loadConfig } from '../../config/load';
import { startBoard } from './board';
import { openDemo } from './demo';
import { type Installation, startChannel, startTemporal, Undoing } from './installation';
import { portsFrom, usualPorts } from './ports';

export interface LiveOptions {
  readonly folder: string;
  readonly portsFrom: number | undefined;
}

export interface DemoChoice extends LiveOptions {
  readonly speed: number;
  readonly seed: string;
  readonly orders: number;
}

const daySpreadHours = 10;

/** A small shop's day on the sandbox systems, until Ctrl-C; started again, everything goes on where it was. */
export async function runDemo({ portsFrom: first, ...choice }: DemoChoice): Promise<boolean> {
  const ports = first === undefined ? usualPorts : portsFrom(first);
  const demo = await openDemo({ ...choice, ports, spreadHours: daySpreadHours });
  return show(
    demo,
    `Sandbox  Amazon ${demo.addresses.amazon}, Commerce ${demo.addresses.commerce}, ERP ${demo.addresses.erp}`,
  );
}

/** The merchant's own accounts, with an embedded Temporal unless `TEMPORAL_ADDRESS` names one. */
export async function runOwn({
  config: path,
  folder,
  portsFrom: first,
}: LiveOptions & { config: string }): Promise<boolean> {
  const config = await loadConfig({ path });
  const { codec, page } = config.http;
  const ports = {
    ...(first === undefined ? usualPorts : portsFrom(first)),
    codec: codec.port,
    page: page.port,
  };
  const undo = new Undoing();
  try {
    const temporal = await startTemporal(join(folder, 'channel'), ports);
    undo.add(() => temporal.stop());
    const channel = await startChannel(path, {}, temporal, undo);
    const warnings = [...channel.warnings, ...(await writesOff(channel))];
    return await show({ ...channel, warnings, temporal, stop: () => undo.run() }, `Settings ${path}`);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

/** Why accounts write nothing although their settings let them. */
async function writesOff({ accounts }: Pick<Installation, 'accounts'>): Promise<string[]> {
  const rows = await accounts.list();
  return rows.flatMap(({ settings, writing }) =>
    writing.kind === 'off' || writing.kind === 'unknown'
      ? [`Account ${settings.name}: ${writing.sentence}`]
      : [],
  );
}

const usualAddress = `127.0.0.1:${usualPorts.temporal}`;

/** Until the terminal or the system asks to end. */
async function show(installation: Installation, last: string): Promise<boolean> {
  const { temporal, pageUrl, orders, intakes } = installation;
  const stopBoard = startBoard({
    orders,
    intakes,
    head: [
      'Amazon Sales Channel',
      `Orders page      ${pageUrl}`,
      `Temporal Web UI  ${temporal.uiUrl ?? `of the server at ${temporal.address}`}`,
      `Command line     ${temporal.address === usualAddress ? '' : `TEMPORAL_ADDRESS=${temporal.address} `}npx channel orders list`,
      last,
      ...installation.warnings,
      ...temporal.warnings,
    ],
    incidents: () => installation.incidents,
  });
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
  stopBoard();
  process.stdout.write('\nStopping: the worker ends what is under way …\n');
  await installation.stop();
  process.stdout.write('Stopped. Start again to go on from here.\n');
  return true;
}
