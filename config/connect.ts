import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { createDataConverter } from '../integrations/temporal/data-converter';
import type { KeyRing } from '../integrations/temporal/key-ring';
import type { Config } from './config';
import { openKeyRing } from './key-ring';

export interface ChannelConnection {
  readonly client: Client;
  /** Opens and closes the payloads of `client`. */
  readonly keyRing: KeyRing;
  close(): Promise<void>;
}

/** Temporal does not answer at the address that the environment names. */
export class TemporalUnreachableError extends Error {
  override readonly name = 'TemporalUnreachableError';
}

const connectWithinMs = 5_000;

/**
 * A client of the Temporal that `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE` and the others of Temporal's environment
 * configuration name; by default the one on this machine.
 *
 * @throws TemporalUnreachableError, ConfigError for the key ring.
 */
export async function connectChannel(
  config: Pick<Config, 'keyRingFile'>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ChannelConnection> {
  const keyRing = openKeyRing(config.keyRingFile);
  const { connectionOptions, namespace = 'default' } = temporalOf(environment);
  const { address = '127.0.0.1:7233', ...others } = connectionOptions;
  try {
    const connection = await Connection.connect({ ...others, address, connectTimeout: connectWithinMs });
    const client = new Client({ connection, namespace, dataConverter: createDataConverter(keyRing) });
    return { client, keyRing, close: () => connection.close() };
  } catch (error) {
    const hint = 'is it running, and is TEMPORAL_ADDRESS right?';
    throw new TemporalUnreachableError(`Temporal does not answer at ${address}: ${hint}`, { cause: error });
  }
}

/** Address, namespace, TLS and key, as Temporal's own environment configuration reads them. */
function temporalOf(environment: NodeJS.ProcessEnv) {
  const set = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) });
}
