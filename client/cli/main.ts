import { Command } from 'commander';
import { addAccountCommands } from './accounts';
import { addAlertCommands } from './alerts';
import { addAmazonCommands } from './amazon';
import { addConfigCommands } from './config';
import { describeError, isWritten } from './errors';
import { addIntakeCommands } from './intake';
import { addOrderCommands } from './orders';
import { addSignalCommands } from './signal';

/** Runs one command line; answers with the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('channel')
    .description('Looks at Amazon orders and acts on them.')
    .option('--config <path>', 'settings file (default: CHANNEL_CONFIG, channel.yaml, the running demo)')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  addOrderCommands(program);
  addIntakeCommands(program);
  addSignalCommands(program);
  addConfigCommands(program);
  addAccountCommands(program);
  addAmazonCommands(program);
  addAlertCommands(program);
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (isWritten(error)) return error.exitCode;
    process.stderr.write(`${describeError(error)}\n`);
    return 1;
  }
}
