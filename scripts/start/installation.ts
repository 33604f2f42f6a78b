import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../config/config';
import { loadConfig } from '../../config/load';
import { startUpWarnings } from '../../config/warnings';
import { createStartStep } from '../progress';
import { findTemporal } from '../temporal/find';
import { type OpenTemporal, openTemporal } from '../temporal/open';
import { searchAttributes } from '../temporal/search-attributes';
import { type RunningProgram, runProgram } from './child';
import { connectFacades, type Facades } from './facades';
import type { Ports } from './ports';

/** Of closed workflows: with it buyer data ends 30 days after shipment, three of which an order settles. */
export const retention = '648h';

/** Everything that belongs together: what `stop` ends, in the order that loses nothing. */
export interface Installation extends Facades {
  readonly temporal: OpenTemporal;
  readonly pageUrl: string;
  /** What works and may surprise, in sentences. */
  readonly warnings: readonly string[];
  /** Programs that died and were started again, in sentences. */
  readonly incidents: readonly string[];
  stop(): Promise<void>;
}

/** Steps to undo, last one first. */
export class Undoing {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0)) await step();
  }
}

/** Starts or joins Temporal, with its database under `folder` and our codec endpoint for its Web UI. */
export async function startTemporal(folder: string, ports: Ports): Promise<OpenTemporal> {
  const source = await findTemporal();
  mkdirSync(join(folder, 'logs'), { recursive: true });
  return openTemporal(source, {
    folder: join(folder, 'temporal'),
    ports: { grpc: ports.temporal, ui: ports.temporalUi },
    searchAttributes,
    retention,
    codecEndpoint: `http://127.0.0.1:${ports.codec}`,
    logFile: join(folder, 'logs', 'temporal.log'),
  });
}

const httpReady = z.object({ page: z.string() });

/** Worker and web server on a settings file, against `temporal`. */
export async function startChannel(
  configPath: string,
  secrets: NodeJS.ProcessEnv,
  temporal: OpenTemporal,
  undo: Undoing,
): Promise<Omit<Installation, 'temporal' | 'stop'>> {
  const environment = {
    ...secrets,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
  const config: Config = await loadConfig({ path: configPath, env: { ...process.env, ...environment } });
  const incidents: string[] = [];
  const start = async (name: string, script: string): Promise<RunningProgram> => {
    const program = { name, script, args: ['--config', configPath], env: environment };
    const running = await runProgram(program, (sentence) => incidents.push(sentence));
    undo.add(() => running.stop());
    return running;
  };
  const step = createStartStep()('Starting the worker and the Orders page');
  try {
    const [http] = await Promise.all([
      start('web server', 'client/http/main.ts'),
      start('worker', 'worker/main.ts'),
    ]);
    const { page } = httpReady.parse(http.ready);
    const { close, ...facades } = await connectFacades(config, temporal);
    undo.add(close);
    step.done();
    return { ...facades, pageUrl: page, incidents, warnings: startUpWarnings(config) };
  } catch (error) {
    step.failed();
    throw error;
  }
}
