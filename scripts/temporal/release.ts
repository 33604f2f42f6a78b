import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The module whose go.mod pins the Temporal CLI. */
export const buildFolder = join(__dirname, '..', '..', 'tools', 'temporal');

/** What tools/temporal/go.mod asks for: the CLI's version and the oldest Go that builds it. */
export interface Release {
  version: string;
  go: string;
}

/** Reads the pinned release, so that a version bump is one line in go.mod. */
export function pinnedRelease(goMod = readFileSync(join(buildFolder, 'go.mod'), 'utf8')): Release {
  const version = /^\s*(?:require )?github\.com\/temporalio\/cli v(\S+)/m.exec(goMod)?.[1];
  const go = /^go (\S+)/m.exec(goMod)?.[1];
  if (version === undefined || go === undefined)
    throw new Error('go.mod names no Temporal CLI or no Go version');
  return { version, go };
}

/** Where binaries are kept between checkouts: the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'amazon-sales-channel');
}

/** Path of our cached binary of one version; downloads and builds both end there. */
export const cachedBinary = (version: string): string => join(cacheFolder(), `temporal-${version}`);

/** Whether dotted version `have` is `least` or newer: `1.26.8` is at least `1.26.4`. */
export function isAtLeast(have: string, least: string): boolean {
  const parts = (version: string) => version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const wanted = parts(least);
  const found = parts(have);
  const differing = wanted.findIndex((part, index) => part !== (found[index] ?? 0));
  return differing === -1 || (found[differing] ?? 0) > (wanted[differing] ?? 0);
}
