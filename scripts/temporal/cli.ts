import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './run';

/** The version that a Temporal CLI says of itself, or undefined where `path` is no working one. */
export async function readCliVersion(path: string): Promise<string | undefined> {
  const { code, stdout } = await run(path, ['--version']);
  return code === 0 ? /^temporal version (\d[\d.]*)/m.exec(stdout)?.[1] : undefined;
}

/** The absolute path of `program` as a shell would find it. */
export async function findOnPath(
  program: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    if (await isExecutable(join(folder, program))) return join(folder, program);
  }
  return undefined;
}

/** Whether `path` is there and may be run. */
export const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Whether this CLI's dev server knows a flag; flags come and go between the releases we accept. */
export async function knowsFlag(path: string, flag: string): Promise<boolean> {
  const { stdout } = await run(path, ['server', 'start-dev', '--help']);
  return stdout.includes(flag);
}
