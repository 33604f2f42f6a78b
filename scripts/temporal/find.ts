import { createStartStep, type StartStep } from '../progress';
import { buildTemporal } from './build';
import { findOnPath, isExecutable, readCliVersion } from './cli';
import { downloadTemporal } from './download';
import { cachedBinary, isAtLeast, pinnedRelease, type Release } from './release';

/** Worker deployments, which real use relies on, need at least this. */
const oldestCli = '1.4.1';

/** A server to join, or a binary to start one with. */
export type TemporalSource =
  | { kind: 'address'; address: string }
  | { kind: 'binary'; origin: 'path' | 'cache' | 'download' | 'build'; path: string; version: string };

/** The places to look at, in the order of `findTemporal`. */
export interface TemporalProbes {
  address(): string | undefined;
  onPath(): Promise<{ path: string; version: string } | undefined>;
  cached(version: string): Promise<string | undefined>;
  download(version: string): Promise<string | undefined>;
  build(release: Release): Promise<string>;
}

/** The probes of this machine; what takes long is shown as a step. */
export const realProbes = (startStep: StartStep): TemporalProbes => ({
  address: () => process.env.TEMPORAL_ADDRESS,
  async onPath() {
    const path = await findOnPath('temporal');
    const version = path === undefined ? undefined : await readCliVersion(path);
    return path === undefined || version === undefined ? undefined : { path, version };
  },
  async cached(version) {
    const path = cachedBinary(version);
    return (await isExecutable(path)) ? path : undefined;
  },
  download: (version) => downloadTemporal(version, startStep),
  build: (release) => buildTemporal(release, startStep),
});

/**
 * Where the Temporal server comes from: `TEMPORAL_ADDRESS`, `temporal` on PATH (1.4.1 or newer), our
 * cached binary, the SDK's download, a build with Go. Throws a `SetUpError` where none of them is to be
 * had, with what to install.
 */
export async function findTemporal(
  probes: TemporalProbes = realProbes(createStartStep()),
  release: Release = pinnedRelease(),
): Promise<TemporalSource> {
  const { version } = release;
  const address = probes.address();
  if (address !== undefined && address !== '') return { kind: 'address', address };

  const installed = await probes.onPath();
  if (installed !== undefined && isAtLeast(installed.version, oldestCli)) {
    return { kind: 'binary', origin: 'path', ...installed };
  }
  const cached = await probes.cached(version);
  if (cached !== undefined) return { kind: 'binary', origin: 'cache', path: cached, version };

  const downloaded = await probes.download(version);
  if (downloaded !== undefined) return { kind: 'binary', origin: 'download', path: downloaded, version };

  return { kind: 'binary', origin: 'build', path: await probes.build(release), version };
}
