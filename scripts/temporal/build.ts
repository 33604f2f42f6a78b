import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StartStep, Step } from '../progress';
import { SetUpError } from '../set-up-error';
import { buildFolder, cachedBinary, isAtLeast, type Release } from './release';
import { run } from './run';

const program = 'github.com/temporalio/cli/cmd/temporal';
const otherWays = 'or install the Temporal CLI 1.4.1 or newer, or set TEMPORAL_ADDRESS to a running server';
/** No C compiler needed, and no go.work of a folder above us in the way. */
const env = { CGO_ENABLED: '0', GOWORK: 'off' };

/**
 * Builds the pinned Temporal CLI with Go and returns its path in the cache; minutes on a cold Go cache,
 * seconds on a warm one. Builds that run at the same time do not meet: each writes a part of its own and
 * Go locks its caches. Throws a `SetUpError` that says what to install.
 */
export async function buildTemporal(release: Release, startStep: StartStep): Promise<string> {
  await requireGo(release.go);
  const step = startStep(`Building the Temporal server ${release.version}`);
  try {
    const packages = await resolvePackages(step);
    const path = await compile(release, packages, step);
    step.done(`kept as ${path}`);
    return path;
  } catch (error) {
    step.failed();
    throw error;
  }
}

async function requireGo(least: string): Promise<void> {
  const found = await goVersion({ GOTOOLCHAIN: 'local' });
  if (found === undefined) {
    throw new SetUpError(
      `There is no Temporal server here and none could be downloaded: install Go ${least} or newer to build it, ${otherWays}.`,
    );
  }
  if (isAtLeast(found, least)) return;
  // An older Go may fetch the toolchain that go.mod asks for.
  const switched = await goVersion({});
  if (switched !== undefined && isAtLeast(switched, least)) return;
  throw new SetUpError(
    `Go ${found} is too old to build the Temporal server: install Go ${least} or newer, ${otherWays}.`,
  );
}

async function goVersion(toolchain: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { code, stdout } = await run('go', ['version'], { cwd: buildFolder, env: { ...env, ...toolchain } });
  return code === 0 ? /\bgo(\d[\d.]*)/.exec(stdout)?.[1] : undefined;
}

/** Downloads the modules where they are missing and counts the packages to compile. */
async function resolvePackages(step: Step): Promise<number> {
  step.update('with Go, takes minutes, only once');
  let downloads = 0;
  const { code, stdout, stderr } = await run('go', ['list', '-deps', program], {
    cwd: buildFolder,
    env,
    onErrorLine(line) {
      if (!line.startsWith('go: downloading ')) return;
      downloads += 1;
      step.update(`${downloads} modules downloaded`);
    },
  });
  if (code === 0) return stdout.trim().split('\n').length;
  throw new SetUpError(
    `The Temporal server cannot be built because Go cannot get its modules (${lastLine(stderr)}): connect to the internet or set GOPROXY, ${otherWays}.`,
  );
}

async function compile({ version }: Release, packages: number, step: Step): Promise<string> {
  const path = cachedBinary(version);
  await mkdir(dirname(path), { recursive: true });
  const folder = await mkdtemp(`${path}.part-`);
  const part = join(folder, 'temporal');
  let compiled = 0;
  const ldflags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${version}`;
  const args = ['build', '-v', '-trimpath', '-o', part, '-ldflags', ldflags, program];
  try {
    const { code, stderr } = await run('go', args, {
      cwd: buildFolder,
      env,
      onErrorLine(line) {
        if (line.includes(' ')) return;
        compiled += 1;
        step.update(`${compiled} of about ${packages} packages`);
      },
    });
    if (code !== 0) {
      throw new SetUpError(`The Temporal server cannot be built, Go says: ${lastLine(stderr)}`);
    }
    await rename(part, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return path;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
