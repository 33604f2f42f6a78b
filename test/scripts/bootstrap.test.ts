import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tempFolders, writeProgram } from '../support/temp-folder';

const root = join(__dirname, '..', '..');
const tempFolder = tempFolders();

/** A project folder with bootstrap.mjs and a `start.ts` of our own; no packages are installed in it. */
function project(start: string): string {
  const folder = tempFolder();
  mkdirSync(join(folder, 'scripts'));
  for (const file of [
    'package.json',
    'package-lock.json',
    'scripts/bootstrap.mjs',
    'scripts/end-with-parent.mjs',
  ]) {
    copyFileSync(join(root, file), join(folder, file));
  }
  writeFileSync(join(folder, 'scripts', 'start.ts'), start);
  return folder;
}

const installPackages = (folder: string) =>
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

function bootstrap(folder: string, args: string[], path = process.env.PATH) {
  const child = spawn(process.execPath, [join(folder, 'scripts', 'bootstrap.mjs'), ...args], {
    env: { ...process.env, PATH: path },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { child, output, ended };
}

/** A PATH on which `npm` is the given shell lines. */
const pathWithNpm = (...lines: string[]) => {
  const npm = writeProgram(tempFolder(), 'npm', ...lines);
  return `${dirname(npm)}:/usr/bin:/bin`;
};

async function untilSaid(child: ChildProcess, word: string): Promise<void> {
  let said = '';
  await new Promise<void>((done) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(word)) done();
    });
  });
}

const waiting = `
  let signals = 0;
  process.on('SIGINT', () => {
    signals += 1;
    setTimeout(() => { console.log('signals ' + signals); process.exit(7); }, 300);
  });
  setInterval(() => {}, 1000);
  console.log('ready ' + process.pid);
`;

describe('bootstrap', () => {
  it('runs the script with its arguments and hands on its exit code', async () => {
    const folder = project('console.log(process.argv.slice(2).join()); process.exitCode = 3;');
    installPackages(folder);
    const { output, ended } = bootstrap(folder, ['start', '--once', '--seed', '5']);
    expect(await ended).toBe(3);
    expect(output).toEqual({ stdout: '--once,--seed,5\n', stderr: '' });
  });

  it('gives the script one signal for two, and waits for it', async () => {
    const folder = project(waiting);
    installPackages(folder);
    const { child, output, ended } = bootstrap(folder, ['start']);
    await untilSaid(child, 'ready');
    child.kill('SIGINT');
    await delay(50);
    child.kill('SIGINT');
    expect(await ended).toBe(7);
    expect(output.stdout).toContain('signals 1\n');
  });

  it('takes the script along when it is killed hard', async () => {
    const folder = project(waiting);
    installPackages(folder);
    const { child, output, ended } = bootstrap(folder, ['start']);
    await untilSaid(child, 'ready');
    child.kill('SIGKILL');
    // The script holds the same pipes: they close only once it has gone too.
    expect(await ended).toBeNull();
    expect(output.stdout).not.toContain('signals');
  });

  it('installs the packages first where they are missing', async () => {
    const folder = project("console.log('started');");
    const npm = pathWithNpm(
      'echo "$@" > npm-was-asked',
      `ln -s "${join(root, 'node_modules')}" node_modules`,
    );
    const { output, ended } = bootstrap(folder, ['start'], npm);
    expect(await ended).toBe(0);
    expect(readFileSync(join(folder, 'npm-was-asked'), 'utf8')).toMatch(/^ci /);
    expect(output.stdout).toBe('started\n');
    expect(output.stderr).toMatch(/^… Installing the packages .*\n✓ Installing the packages .* \(\d+ s\)\n$/);
  });

  it('installs them again where the lock file asks for others', async () => {
    const folder = project("console.log('started');");
    installPackages(folder);
    const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    const changed = lock.replace(/("node_modules\/zod": \{\s+"version": ")[^"]+/, '$199.0.0');
    writeFileSync(join(folder, 'package-lock.json'), changed);
    const { ended } = bootstrap(folder, ['start'], pathWithNpm('echo "$1" > npm-was-asked'));
    expect(await ended).toBe(0);
    expect(readFileSync(join(folder, 'npm-was-asked'), 'utf8')).toBe('ci\n');
  });

  it('installs by npm install where npm ci refuses the lock file', async () => {
    const folder = project("console.log('started');");
    const npm = pathWithNpm(
      'echo "$1" >> npm-was-asked',
      'if [ "$1" = ci ]; then echo "npm error code EUSAGE" >&2; exit 1; fi',
      `ln -s "${join(root, 'node_modules')}" node_modules`,
    );
    const { output, ended } = bootstrap(folder, ['start'], npm);
    expect(await ended).toBe(0);
    expect(readFileSync(join(folder, 'npm-was-asked'), 'utf8')).toBe('ci\ninstall\n');
    expect(output.stdout).toBe('started\n');
  });

  it.each([
    ['without internet', ['echo "npm error code EAI_AGAIN" >&2', 'exit 1'], 'connect to the internet'],
    [
      'when npm fails',
      ['echo "npm error code EACCES" >&2', 'exit 1'],
      'npm cannot install the packages:\nnpm error code EACCES',
    ],
  ])('says what to do %s', async (_case, npm, sentence) => {
    const { output, ended } = bootstrap(project(''), ['start'], pathWithNpm(...npm));
    expect(await ended).toBe(1);
    expect(output.stderr).toContain(sentence);
    expect(output.stderr).not.toContain('at ');
  });

  it('says how it is used when it is asked for something else', async () => {
    const { output, ended } = bootstrap(project(''), ['stop']);
    expect(await ended).toBe(1);
    expect(output.stderr).toBe(
      'Usage: node scripts/bootstrap.mjs <start|test|bench|histories> [arguments]\n',
    );
  });
});
