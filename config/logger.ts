import { join } from 'node:path';
import { type Logger, pino, transport } from 'pino';
import type { LogConfig } from './config';

/** Logs of one program: JSON lines in `<folder>/<program>.<n>.log`, a new file each day or after 20 MB, 14 kept. */
export function createLogger({ folder, level }: LogConfig, program: string): Logger {
  const file = transport({
    target: 'pino-roll',
    options: {
      file: join(folder, program),
      extension: '.log',
      frequency: 'daily',
      size: '20m',
      limit: { count: 14 },
      mkdir: true,
    },
  });
  return pino({ level, base: { program } }, file);
}
