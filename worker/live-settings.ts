import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/config';
import { ConfigError } from '../config/errors';
import type { ConfigReview } from '../config/load';
import { takeOver } from '../config/take-over';

export interface LiveSettingsOptions {
  /** What the worker has started with. */
  readonly config: Config;
  /** Path of the settings file. */
  readonly file: string;
  /** @throws ConfigError */
  readonly load: () => Promise<Pick<ConfigReview, 'config' | 'secretProblems'>>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Tells those who do not ask by themselves; asked again after a failure. */
  readonly onChange: (config: Config) => Promise<void>;
  /** From one look at the file to the next. Default 2 s. */
  readonly everyMs?: number;
}

export interface LiveSettings {
  /** The settings in force now. */
  present(): Config;
  stop(): Promise<void>;
}

/**
 * Keeps a running worker's settings up to date with their file: a change is taken over once the file has been still
 * for one look, as far as that can be done without a restart. A file that is refused changes nothing.
 */
export function followSettings(options: LiveSettingsOptions): LiveSettings {
  const { config, file, logger, onChange, everyMs = 2_000 } = options;
  const state = { present: config, told: config, seen: '', read: '', failed: false };

  const look = async (): Promise<void> => {
    const now = await fingerprint(file);
    const isStill = now === state.seen;
    state.seen = now;
    if (isStill && now !== state.read) {
      state.read = now;
      state.present = await changed(options, state.present);
    }
    const { present } = state;
    if (present === state.told) return;
    await onChange(present);
    state.told = present;
    state.failed = false;
  };
  const complain = (error: unknown) => {
    if (!state.failed) logger.warn(`Changed settings cannot be told yet, it is tried again: ${error}`);
    state.failed = true;
  };
  const looking = repeat(everyMs, () => look().catch(complain));
  return { present: () => state.present, stop: looking.stop };
}

/** Also of a file that somebody has put in the place of another, and of none. */
const fingerprint = (file: string): Promise<string> =>
  stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => 'none',
  );

async function changed({ load, logger }: LiveSettingsOptions, present: Config): Promise<Config> {
  try {
    const wanted = await load();
    const { config, taken, waiting } = takeOver(present, wanted.config);
    if (taken.length > 0) logger.info(`Changed settings are in force: ${taken.join(', ')}.`);
    if (waiting.length > 0)
      logger.warn(`Changed settings wait for a restart of the worker: ${waiting.join(', ')}.`);
    if (wanted.secretProblems.length > 0)
      logger.warn(`A restart of the worker would fail: ${wanted.secretProblems.join(' ')}`);
    return config;
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems.join(' ') : String(error);
    logger.warn(`The changed settings are refused, those before stay in force: ${problems}`);
    return present;
  }
}

function repeat(everyMs: number, work: () => Promise<void>): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = () => {
    timer = setTimeout(() => {
      running = work().then(() => {
        if (!stopped) next();
      });
    }, everyMs);
  };
  next();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
