import { Connection } from '@temporalio/client';
import { msToNumber } from '@temporalio/common/lib/time';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { SetUpError } from '../set-up-error';
import type { TemporalSource } from './find';
import { ensureSearchAttributes, readRetention } from './namespace';
import { type ServerOptions, startTemporalServer, type TemporalServer } from './server';

/** A server that is ready for our workflows, and what the operator should know about one that is not ours. */
export interface OpenTemporal extends TemporalServer {
  warnings: string[];
}

/** Starts a server with the binary that was found, or joins the one at `TEMPORAL_ADDRESS`. */
export async function openTemporal(
  source: TemporalSource,
  options: Omit<ServerOptions, 'binary'>,
): Promise<OpenTemporal> {
  if (source.kind === 'address') return joinTemporal(source.address, options);
  return { ...(await startTemporalServer({ ...options, binary: source.path })), warnings: [] };
}

type Needs = Pick<ServerOptions, 'retention' | 'searchAttributes'>;

/**
 * Joins a server that others run, as Temporal's own environment configuration says (`TEMPORAL_NAMESPACE`,
 * `TEMPORAL_API_KEY`, `TEMPORAL_TLS_*`): missing search attributes are added, a retention that differs is
 * only told, and `stop()` leaves it running. Throws a `SetUpError` when nobody answers.
 */
async function joinTemporal(address: string, needs: Needs): Promise<OpenTemporal> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const connection = await Connection.connect({ ...connectionOptions, address, connectTimeout: '5s' }).catch(
    (error: unknown) => {
      throw new SetUpError(
        `No Temporal server answers at ${address}, which TEMPORAL_ADDRESS names (${String(error)}).`,
      );
    },
  );
  try {
    await ensureSearchAttributes(connection, namespace, needs.searchAttributes);
    const warnings = retentionWarnings(
      await readRetention(connection, namespace),
      msToNumber(needs.retention),
    );
    return { address, namespace, warnings, stop: async () => {} };
  } finally {
    await connection.close();
  }
}

function retentionWarnings(haveMs: number, wantedMs: number): string[] {
  if (haveMs === wantedMs) return [];
  const hours = (ms: number) => Math.round(ms / 3_600_000);
  const effect =
    haveMs < wantedMs
      ? 'finished orders leave the list earlier'
      : 'buyer data of finished orders stays longer';
  return [
    `The namespace keeps closed workflows ${hours(haveMs)} hours instead of ${hours(wantedMs)}: ${effect}.`,
  ];
}
