import type { Command } from 'commander';
import { type OrderSignalCommand, signalOrder } from './signal-order';
import { addParcelCommand } from './signal-parcel';

interface SignalOptions {
  readonly config?: string;
  readonly account?: string;
  readonly file?: string;
}

export function addSignalCommands(program: Command): void {
  const signal = program.command('signal').description('send a signal to an order by hand');
  addOrderSignal(signal, 'verified', 'Amazon has verified the order: it is unshipped, or partially shipped');
  addOrderSignal(signal, 'cancelled', 'Amazon has cancelled the order');
  addParcelCommand(signal);
}

function addOrderSignal(signal: Command, name: OrderSignalCommand, description: string): void {
  signal
    .command(`${name} <id>`)
    .description(`${description}; has it read at Amazon, or sends the order in a file`)
    .option('--account <name>', 'where it is not clear')
    .option('--file <order.json>', 'the order, as in .snapshot.delivery.order of "orders show ID --json"')
    .action((id: string, _, command: Command) =>
      signalOrder(name, id, command.optsWithGlobals<SignalOptions>()),
    );
}
