import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../config/errors';
import { describeFailure } from './set-up-error';
import { runDemo, runOwn } from './start/live';
import { runOnce } from './start/once';

const root = join(__dirname, '..');
/** A day of orders in some eight minutes; with `--once` about forty seconds. */
const liveSpeed = 120;
const onceSpeed = 900;

const positive = (text: string): number => {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
};

const whole = (text: string): number => {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 99999.');
};

const seed = (text: string): string => {
  if (/^[\w-]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be 1 to 40 letters, digits, - or _.');
};

interface Options {
  once?: boolean;
  seed: string;
  orders: number;
  speed?: number;
  portsFrom?: number;
  config?: string;
}

async function start(options: Options): Promise<boolean> {
  const data = join(root, '.data');
  if (options.once) {
    const { seed: chosen, orders, speed = onceSpeed } = options;
    return runOnce({ seed: chosen, orders, speed, folder: join(data, 'once') });
  }
  const config = options.config ?? process.env.CHANNEL_CONFIG ?? defaultSettings();
  const { portsFrom } = options;
  if (config !== undefined) return runOwn({ config, folder: data, portsFrom });
  const { seed: chosen, orders, speed = liveSpeed } = options;
  return runDemo({ folder: join(data, 'start'), portsFrom, speed, seed: chosen, orders });
}

function defaultSettings(): string | undefined {
  const path = join(process.cwd(), 'channel.yaml');
  return existsSync(path) ? path : undefined;
}

const program = new Command('npm start --')
  .description('Runs the channel: on a sandbox, or on your accounts where there is a channel.yaml.')
  .addOption(
    new Option('--once', 'without a board: carry all demo orders to their end, compare the books, stop'),
  )
  .addOption(
    new Option('--seed <text>', 'the same seed makes the same orders').argParser(seed).default('demo'),
  )
  .addOption(new Option('--orders <n>', 'how many orders the demo has').argParser(whole).default(24))
  .addOption(new Option('--speed <factor>', 'of the sandbox clock').argParser(positive))
  .addOption(
    new Option('--ports-from <port>', 'eight ports in a row instead of the usual ones').argParser(whole),
  )
  .addOption(new Option('--config <path>', 'run your accounts with this settings file'))
  .allowExcessArguments(false)
  .action(async (options: Options) => {
    const isWell = await start(options);
    // The SDK's client throws where nobody can catch it when it tries a call again after its connection is closed.
    process.exit(isWell ? 0 : 1);
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : describeFailure(error)}\n`);
  process.exitCode = 1;
});
