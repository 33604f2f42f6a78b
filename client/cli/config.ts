import type { Command } from 'commander';
import { settingsJsonSchema } from '../../config/json-schema';
import { reviewConfig } from '../../config/load';
import { startUpWarnings } from '../../config/warnings';
import { describeSettings } from './describe-settings';
import { CliError } from './errors';
import { print, printJson } from './session';

interface CheckOptions {
  readonly config?: string;
  readonly secrets?: boolean;
}

export function addConfigCommands(program: Command): void {
  const config = program.command('config').description('the settings file');
  config
    .command('check')
    .description('say what is wrong in the settings file and what to do, or what it sets; asks no system')
    .option('--secrets', 'also require the secrets in the environment')
    .action((_, command: Command) => check(command.optsWithGlobals<CheckOptions>()));
  config
    .command('schema')
    .description('print the JSON Schema of the settings file, for editors')
    .action(() => printJson(settingsJsonSchema()));
}

async function check({ config: path, secrets = false }: CheckOptions): Promise<void> {
  const { file, settings, config, secretProblems } = await reviewConfig({ path });
  if (secrets && secretProblems.length > 0) throw new CliError(secretProblems.join('\n'));
  print(`${file} can be used.\n\n${describeSettings(settings)}`);
  const toHeed = [...startUpWarnings(config), ...secretProblems].map((sentence) => `Warning: ${sentence}`);
  if (toHeed.length > 0) print(`\n${toHeed.join('\n')}`);
}
