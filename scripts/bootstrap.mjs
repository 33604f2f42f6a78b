// The one script without dependencies: it makes the others runnable on a fresh clone.
// Usage: node scripts/bootstrap.mjs <start|test|bench|histories> [arguments of that script]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scripts = ['start', 'test', 'bench', 'histories'];
const oldestNode = [20, 19];

/** Ends this process with one sentence. */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
}

/** Whether node_modules is what package-lock.json asks for; npm records there what it installed. */
function isInstalled() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    // Packages for other platforms are optional and absent.
    return installed[path] === undefined ? optional === true : installed[path].version === version;
  });
}

/** One line redrawn each second in a terminal, a line per 20 seconds in a log. */
function showElapsed(title) {
  const startedAt = Date.now();
  const out = process.stderr;
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const show = () =>
    out.write(out.isTTY ? `\r\x1b[2K… ${title} (${seconds()})` : `… ${title} (${seconds()})\n`);
  const timer = setInterval(show, out.isTTY ? 1_000 : 20_000);
  show();
  return (mark) => {
    clearInterval(timer);
    out.write(`${out.isTTY ? '\r\x1b[2K' : ''}${mark} ${title} (${seconds()})\n`);
  };
}

async function install() {
  const ended = showElapsed('Installing the packages of package-lock.json');
  let { code, errors } = await npm('ci');
  // npm ci refuses a lock file written where the registry lacked another platform's optional packages;
  // npm install takes the same versions and passes over those.
  if (code !== 0 && errors.includes('EUSAGE')) ({ code, errors } = await npm('install', '--no-save'));
  ended(code === 0 ? '✓' : '✗');
  if (code === 0) return;
  if (code === undefined) fail('npm is not on PATH: install Node with npm, then run this again.');
  if (/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|TIMEOUT|ENOTCACHED/.test(errors)) {
    fail(
      'The packages are not in the npm cache and the npm registry cannot be reached: connect to the internet, then run this again.',
    );
  }
  fail(`npm cannot install the packages:\n${errors.trim()}`);
}

/** Runs npm quietly; `code` is undefined where there is no npm. */
async function npm(...command) {
  // Few and short retries: without internet the answer should come soon.
  const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const args = [
    ...command,
    '--include=dev',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const child = spawn('npm', [...args, ...retries], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk;
  });
  const code = await new Promise((done) => {
    child.once('error', () => done(undefined));
    child.once('close', done);
  });
  return { code, errors };
}

/**
 * Runs a script and hands on its exit code. It has a process group of its own, and each signal that comes
 * here goes to that group once, although Ctrl-C under npm arrives twice: from the terminal and from npm.
 */
function runScript(name, args) {
  const guard = join(root, 'scripts', 'end-with-parent.mjs');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', guard, join(root, 'scripts', `${name}.ts`), ...args],
    { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true },
  );
  const sentAt = new Map();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGWINCH']) {
    process.on(signal, () => {
      if (Date.now() - (sentAt.get(signal) ?? 0) < 500) return;
      sentAt.set(signal, Date.now());
      signalGroup(child.pid, signal);
    });
  }
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has just ended.
  }
}

const [name, ...args] = process.argv.slice(2);
if (!scripts.includes(name)) fail(`Usage: node scripts/bootstrap.mjs <${scripts.join('|')}> [arguments]`);
requireNode();
if (!isInstalled()) await install();
runScript(name, args);
