import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { silentStep } from '../../scripts/progress';
import { SetUpError } from '../../scripts/set-up-error';
import { buildTemporal } from '../../scripts/temporal/build';
import { findOnPath, readCliVersion } from '../../scripts/temporal/cli';
import { downloadTemporal } from '../../scripts/temporal/download';
import { tempFolders, writeProgram } from '../support/temp-folder';

const tempFolder = tempFolders();
const release = { version: '9.9.9', go: '1.26.4' };
const originalEnv = { PATH: process.env.PATH, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME };

beforeEach(() => {
  process.env.XDG_CACHE_HOME = tempFolder();
});
afterEach(() => {
  process.env.PATH = originalEnv.PATH;
  if (originalEnv.XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = originalEnv.XDG_CACHE_HOME;
});

const cached = () => readdirSync(join(String(process.env.XDG_CACHE_HOME), 'amazon-sales-channel'));

describe('the CLI on PATH', () => {
  it('is found by its absolute path and asked for its version', async () => {
    const folder = tempFolder();
    const path = writeProgram(folder, 'temporal', 'echo "temporal version 1.5.0 (Server 1.29.0, UI 2.40.0)"');
    expect(await findOnPath('temporal', { PATH: `/nowhere:${folder}` })).toBe(path);
    expect(await readCliVersion(path)).toBe('1.5.0');
  });

  it('is nothing when it is another program of that name', async () => {
    expect(await readCliVersion(writeProgram(tempFolder(), 'temporal', 'echo hello'))).toBeUndefined();
    expect(await readCliVersion('/nowhere/temporal')).toBeUndefined();
  });
});

describe('the download', () => {
  it('keeps a working binary in the cache, alone', async () => {
    const path = await downloadTemporal(release.version, silentStep, {
      fetchInto: async (folder, tag) =>
        writeProgram(folder, `temporal-${tag}`, 'echo "temporal version 9.9.9"'),
    });
    expect(path).toMatch(/amazon-sales-channel\/temporal-9\.9\.9$/);
    expect(cached()).toEqual(['temporal-9.9.9']);
  });

  it('is given up when it has not begun in time', async () => {
    const neverBegins = (_folder: string, _tag: string, signal: AbortSignal) =>
      new Promise((done) => signal.addEventListener('abort', done));
    const options = { fetchInto: neverBegins, beginWithinMs: 150 };
    expect(await downloadTemporal(release.version, silentStep, options)).toBeUndefined();
    expect(cached()).toEqual([]);
  });

  it('is given up when it stands still', async () => {
    const standsStill = async (folder: string, tag: string, signal: AbortSignal) => {
      writeProgram(folder, `temporal-${tag}.downloading`);
      await new Promise((done) => signal.addEventListener('abort', done));
    };
    const options = { fetchInto: standsStill, stallMs: 150 };
    expect(await downloadTemporal(release.version, silentStep, options)).toBeUndefined();
    expect(cached()).toEqual([]);
  });

  it('is passed over when it fails', async () => {
    const options = { fetchInto: () => delay(1) };
    expect(await downloadTemporal(release.version, silentStep, options)).toBeUndefined();
  });
});

/** A `go` that answers as the real one does; `build` writes the program that `-o` names. */
function installGo(version: string, ...build: string[]): void {
  const folder = tempFolder();
  writeProgram(
    folder,
    'go',
    'case "$1" in',
    `version) echo "go version go${version} linux/amd64" ;;`,
    'list) printf "a\\nb\\nc\\n" ;;',
    `build) ${build.join('; ')} ;;`,
    'esac',
  );
  process.env.PATH = `${folder}:/usr/bin:/bin`;
}

describe('the build with Go', () => {
  it('shows how far it is and leaves only the binary', async () => {
    installGo('1.26.8', 'echo a/b >&2', 'echo c/d >&2', 'echo built > "$5"');
    const shown: string[] = [];
    const startStep = () => ({ ...silentStep(''), update: (detail: string) => void shown.push(detail) });
    const path = await buildTemporal(release, startStep);
    expect(path).toMatch(/temporal-9\.9\.9$/);
    expect(cached()).toEqual(['temporal-9.9.9']);
    expect(shown.slice(-2)).toEqual(['1 of about 3 packages', '2 of about 3 packages']);
  });

  it('does no harm when it runs twice at the same time', async () => {
    installGo('1.26.8', 'sleep 0.2', 'echo built > "$5"');
    const paths = await Promise.all([buildTemporal(release, silentStep), buildTemporal(release, silentStep)]);
    expect(new Set(paths).size).toBe(1);
    expect(cached()).toEqual(['temporal-9.9.9']);
  });

  it.each([
    ['there is no Go', () => (process.env.PATH = tempFolder()), 'install Go 1.26.4 or newer'],
    ['Go is too old', () => installGo('1.22.1'), 'Go 1.22.1 is too old'],
    ['Go fails', () => installGo('1.26.8', 'echo no space left >&2', 'exit 1'), 'Go says: no space left'],
  ])('says what to do when %s', async (_case, arrange, sentence) => {
    arrange();
    const failure = await buildTemporal(release, silentStep).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetUpError);
    expect(String(failure)).toContain(sentence);
  });
});
