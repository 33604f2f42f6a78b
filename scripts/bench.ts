import { availableParallelism } from 'node:os';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { benchBundle } from './bench/bundle';
import { benchCommerce } from './bench/commerce';
import { benchEvents } from './bench/events';
import { benchIntake } from './bench/intake';
import { benchMemory } from './bench/memory';
import { benchOrders } from './bench/orders';
import { type Bench, table } from './bench/report';
import { createStartStep } from './progress';
import { describeFailure } from './set-up-error';

const benches: Readonly<Record<string, Bench>> = {
  orders: benchOrders,
  events: benchEvents,
  bundle: benchBundle,
  memory: benchMemory,
  commerce: benchCommerce,
  intake: benchIntake,
};

const wholeNumber = (text: string): number => {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 99.');
};

/** Shows what is above or below its budget and judges nothing: machines differ. */
async function bench(name: string | undefined, { rounds }: { rounds: number }): Promise<void> {
  installQuietRuntime();
  process.stdout.write(`Node ${process.versions.node}, ${availableParallelism()} cores\n\n`);
  for (const [each, measure] of Object.entries(benches)) {
    if (name !== undefined && name !== each) continue;
    const step = createStartStep()(`Measuring: ${each}`);
    const measurements = await measure({ rounds, show: step.update });
    step.done();
    process.stdout.write(`${table(each, measurements)}\n`);
  }
}

/** Temporal's own log would stand in the table. */
function installQuietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
}

const program = new Command('npm run bench --')
  .description('Measures speed and size against their budgets; see docs/benchmarks.md.')
  .addArgument(new Argument('[what]', 'one of them only').choices(Object.keys(benches)))
  .addOption(
    new Option('--rounds <n>', 'in which the throughput is measured').argParser(wholeNumber).default(7),
  )
  .allowExcessArguments(false)
  .action(bench);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
});
