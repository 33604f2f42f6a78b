import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { ConfigError } from './errors';

export interface FileSearch {
  /** From `--config`. */
  readonly path?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** In the working directory, last the settings of the demo that `npm start` runs there. */
const usualPlaces = ['channel.yaml', '.data/start/channel.yaml'];

/**
 * The first of `--config`, `CHANNEL_CONFIG`, the usual places; relative to the working directory. A file that was
 * named and is not there is not replaced by another.
 *
 * @throws ConfigError when there is none.
 */
export function findSettingsFile({ path, env, cwd }: FileSearch): string {
  const named = path ?? env.CHANNEL_CONFIG;
  if (named !== undefined && named !== '') return named;
  const found = usualPlaces.find((place) => existsSync(resolve(cwd, place)));
  if (found !== undefined) return found;
  throw new ConfigError([
    'There is no channel.yaml here: copy channel.example.yaml to channel.yaml and fill it in, or name a settings file with --config or CHANNEL_CONFIG.',
  ]);
}

/**
 * The file's content as plain data.
 *
 * @throws ConfigError when it cannot be read or is not YAML.
 */
export async function readSettingsFile(file: string, cwd: string): Promise<unknown> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError([`${file}: ${unreadable[error.code ?? ''] ?? 'cannot be read'}.`]);
  });
  const lines = new LineCounter();
  // The library's own message shows the lines around, which may hold a secret; its code does not.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const cause = error.code.toLowerCase().replaceAll('_', ' ');
    const advice =
      error.code === 'DUPLICATE_KEY'
        ? 'keep one of the two'
        : 'look at indentation, quotes and brackets there';
    throw new ConfigError([`${file}: line ${line}, column ${col} is not valid YAML (${cause}): ${advice}.`]);
  }
  return document.toJS();
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'is a folder, not a settings file',
};
