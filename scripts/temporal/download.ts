import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StartStep, Step } from '../progress';
import { readCliVersion } from './cli';
import { cachedBinary, cacheFolder } from './release';
import { run } from './run';

export interface DownloadOptions {
  /** Fills `folder` with `temporal-v<version>`; the SDK in a process of its own unless a test brings another. */
  fetchInto?: (folder: string, tag: string, signal: AbortSignal) => Promise<unknown>;
  /** How long the download may take to begin; a firewall that swallows packets shows here. */
  beginWithinMs?: number;
  /** How long it may stand still once begun. */
  stallMs?: number;
}

const fetchBySdk = (folder: string, tag: string, signal: AbortSignal) =>
  run(process.execPath, ['--import', 'tsx', join(__dirname, 'download-child.ts'), folder, tag], {
    cwd: join(__dirname, '..', '..'),
    signal,
  });

/**
 * Tries the SDK's download of the pinned Temporal CLI and keeps it in the cache. Undefined where it is not
 * to be had: without internet that is known within a second, behind a firewall after five.
 */
export async function downloadTemporal(
  version: string,
  startStep: StartStep,
  { fetchInto = fetchBySdk, beginWithinMs = 5_000, stallMs = 30_000 }: DownloadOptions = {},
): Promise<string | undefined> {
  const folder = join(cacheFolder(), `download-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const step = startStep(`Downloading the Temporal server ${version}`);
  const giveUp = new AbortController();
  const watching = new AbortController();
  try {
    const watch = watchFolder(folder, step, { beginWithinMs, stallMs }, watching.signal).then(() =>
      giveUp.abort(),
    );
    await fetchInto(folder, `v${version}`, giveUp.signal);
    watching.abort();
    await watch;
    const downloaded = join(folder, `temporal-v${version}`);
    if ((await readCliVersion(downloaded)) === undefined) {
      step.update('not to be had here');
      step.failed();
      return undefined;
    }
    await rename(downloaded, cachedBinary(version));
    step.done();
    return cachedBinary(version);
  } finally {
    watching.abort();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ends when the files in `folder` have stopped growing for too long, or when told to. */
async function watchFolder(
  folder: string,
  step: Step,
  limits: { beginWithinMs: number; stallMs: number },
  ended: AbortSignal,
): Promise<void> {
  let bytes = -1;
  let grownAt = Date.now();
  while (!ended.aborted) {
    const now = await folderSize(folder);
    if (now > bytes && now >= 0) {
      bytes = now;
      grownAt = Date.now();
      step.update(`${Math.round(bytes / 1_000_000)} MB`);
    }
    if (Date.now() - grownAt > (bytes < 0 ? limits.beginWithinMs : limits.stallMs)) return;
    await delay(100);
  }
}

/** Bytes of all files in the folder, or -1 where there is none yet. */
async function folderSize(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return -1;
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (file) => file.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
