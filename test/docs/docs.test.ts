import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Command } from 'commander';
import { addAccountCommands } from '../../client/cli/accounts';
import { addAlertCommands } from '../../client/cli/alerts';
import { addAmazonCommands } from '../../client/cli/amazon';
import { addConfigCommands } from '../../client/cli/config';
import { addIntakeCommands } from '../../client/cli/intake';
import { addOrderCommands } from '../../client/cli/orders';
import { addSignalCommands } from '../../client/cli/signal';
import { attentionReasons } from '../../domain/attention';
import { channelTransitions } from '../../domain/channel-status';
import { attributes } from '../../workflows/search-attributes';
import { channelCommands, linksIn, npmScripts, settingsIn, slugs } from './markdown';

const root = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const architecture = read('docs/architecture.md');
const operations = read('docs/operations.md');

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];

function isBroken(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, file))) return true;
  return anchor !== undefined && !slugs(read(file)).includes(anchor);
}

describe('the pages', () => {
  it.each(pages)('%s links only to what is there', (page) => {
    expect(linksIn(read(page)).filter((target) => isBroken(page, target))).toEqual([]);
  });

  it.each(pages)('%s runs only npm scripts that exist', (page) => {
    const { scripts } = JSON.parse(read('package.json'));
    expect(npmScripts(read(page)).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it.each(pages)('%s uses the command line as it is', (page) => {
    expect(channelCommands(read(page)).flatMap((words) => problemsOf(words))).toEqual([]);
  });
});

/** What a command line names that the program does not have. */
function problemsOf(words: readonly string[]): string[] {
  const program = new Command('channel').option('--config <path>');
  addOrderCommands(program);
  addIntakeCommands(program);
  addSignalCommands(program);
  addAmazonCommands(program);
  addAlertCommands(program);
  addAccountCommands(program);
  addConfigCommands(program);
  const names = words.filter((word) => /^[a-z]+(-[a-z]+)*$/.test(word)).slice(0, 2);
  if (names[0] === 'help') return [];
  const group = program.commands.find((command) => command.name() === names[0]);
  const command = group?.commands.find((each) => each.name() === names[1]);
  if (!command) return [`There is no command ${names.join(' ')}`];
  const known = [...command.options, ...program.options].map(({ long }) => long);
  const used = words.filter((word) => word.startsWith('--'));
  return used.filter((option) => !known.includes(option)).map((option) => `${names.join(' ')} ${option}`);
}

describe('docs/operations.md', () => {
  it('says of each reason for attention what to do', () => {
    const explained = [...operations.matchAll(/^\| `(\w+)` \(/gm)].map(([, reason]) => reason);
    expect(explained.toSorted()).toEqual(attentionReasons.toSorted());
  });

  it('creates each search attribute with its type', () => {
    const made = [...operations.matchAll(/--name (\w+) --type (\w+)/g)].map(
      ([, name, type = '']) => `${name} ${type.toLowerCase()}`,
    );
    const [, loop = ''] = /for name in ([\s\S]*?); do/.exec(operations) ?? [];
    const keywords = loop.match(/\w+/g)?.map((name) => `${name} keyword`) ?? [];
    const wanted = Object.values(attributes).map(
      ({ name, type }) => `${name} ${type.toLowerCase().replace('_', '')}`,
    );
    expect([...made, ...keywords].toSorted()).toEqual(wanted.toSorted());
  });
});

describe('docs/settings.md', () => {
  it('has each setting of the example', () => {
    const page = read('docs/settings.md');
    const names = settingsIn(read('channel.example.yaml'));
    expect(names).toContain('page.port');
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('draws the channel status as it is', () => {
    const drawn = [...architecture.matchAll(/^ {2}([A-Z]\w+) --> ([A-Z]\w+): (\w+)$/gm)].map(
      ([, from, to, event]) => ({ from, event, to }),
    );
    const real = Object.entries(channelTransitions).flatMap(([from, events]) =>
      Object.entries(events).map(([event, to]) => ({ from, event, to })),
    );
    expect(drawn).toHaveLength(real.length);
    expect(drawn).toEqual(expect.arrayContaining(real));
  });

  it('names each search attribute', () => {
    for (const { name } of Object.values(attributes)) expect(architecture).toContain(name);
  });
});
