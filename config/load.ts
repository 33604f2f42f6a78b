import { type ClientConfig, clientConfigOf, configOf } from './assemble';
import type { Config } from './config';
import { contradictions } from './contradictions';
import { ConfigError } from './errors';
import { findSettingsFile, readSettingsFile } from './file';
import { deepFreeze } from './freeze';
import { describeIssue, sentencesOf } from './problems';
import { type Settings, settingsSchema } from './schema';
import { createSecretReader } from './secrets';

export interface LoadOptions {
  /** From `--config`; else `CHANNEL_CONFIG`, `channel.yaml`, the running demo's `.data/start/channel.yaml`. */
  readonly path?: string | undefined;
  /** Default: the process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Relative paths, those in the file too, start here. Default: the working directory. */
  readonly cwd?: string;
}

/**
 * Path of the settings file, relative to the working directory if it was found there.
 *
 * @throws ConfigError when there is none.
 */
export function settingsFile({ path, env = process.env, cwd = process.cwd() }: LoadOptions = {}): string {
  return findSettingsFile({ path, env, cwd });
}

/**
 * The settings file and the secrets of the environment, complete and frozen.
 *
 * @throws ConfigError that says in one sentence for each problem what to change; no secret in it.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<Config> {
  const { settings, problems, env, cwd } = await readSettings(options);
  const secrets = createSecretReader(env);
  const config = configOf(settings, secrets, cwd);
  refuse([...problems, ...secrets.problems()]);
  return deepFreeze(config);
}

/**
 * The part of {@link loadConfig} for programs that talk to Temporal only, such as the CLI: they need no secret of
 * Amazon, Commerce or an ERP, and should not have one.
 *
 * @throws ConfigError as `loadConfig` does.
 */
export async function loadClientConfig(options: LoadOptions = {}): Promise<ClientConfig> {
  const { settings, problems, cwd } = await readSettings(options);
  refuse(problems);
  return deepFreeze(clientConfigOf(settings, cwd));
}

export interface ConfigReview {
  /** As it was named or found. */
  readonly file: string;
  /** All of the file with its defaults; there are no secrets in it. */
  readonly settings: Settings;
  /** With empty texts for secrets that cannot be used. */
  readonly config: Config;
  /** What is missing in the environment, or wrong there, in sentences. */
  readonly secretProblems: readonly string[];
}

/**
 * As {@link loadConfig}, for those who can do without some of the secrets.
 *
 * @throws ConfigError for what is wrong in the file.
 */
export async function reviewConfig(options: LoadOptions = {}): Promise<ConfigReview> {
  const { file, settings, problems, env, cwd } = await readSettings(options);
  refuse(problems);
  const secrets = createSecretReader(env);
  const config = deepFreeze(configOf(settings, secrets, cwd));
  return { file, settings, config, secretProblems: secrets.problems() };
}

interface ReadSettings {
  readonly file: string;
  readonly settings: Settings;
  readonly problems: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

async function readSettings(options: LoadOptions): Promise<ReadSettings> {
  const { path, env = process.env, cwd = process.cwd() } = options;
  const file = findSettingsFile({ path, env, cwd });
  const inFile = (sentence: string) => `${file}: ${sentence}`;
  const parsed = settingsSchema.safeParse(await readSettingsFile(file, cwd), { error: describeIssue });
  if (!parsed.success) throw new ConfigError(sentencesOf(parsed.error).map(inFile));
  return { file, settings: parsed.data, problems: contradictions(parsed.data).map(inFile), env, cwd };
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}
