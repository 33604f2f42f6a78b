import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { parse } from 'yaml';
import { brokenSettings } from '../config/broken-settings';
import { inAlerts, inMarketplace, secrets, settings, writeSettings } from '../config/settings';
import { runChannel } from '../support/channel-cli';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const root = join(__dirname, '..', '..');
const committed = () => readFileSync(join(root, 'channel.schema.json'), 'utf8');

function check(content: unknown, { env = secrets as NodeJS.ProcessEnv, args = [] as string[] } = {}) {
  const folder = tempFolder();
  writeSettings(folder, content);
  return runChannel(folder, ['config', 'check', ...args], env);
}

describe('channel config check', () => {
  const shown = ['misspelt key of a marketplace', 'misspelt choice', 'open bracket', 'several at once'];
  const some = brokenSettings.filter(({ what }) => shown.includes(what));

  it.each(some)('refuses a file: $what', async ({ content, sentences }) => {
    const { code, stdout, stderr } = await check(content);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(sentences.map((sentence) => `channel.yaml: ${sentence}\n`).join(''));
  });

  it('says what a file sets, and what is worth a warning', async () => {
    const { code, stdout, stderr } = await check(inMarketplace({ erp: 'wms', customer: 'newAccount' }));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^channel\.yaml can be used\.$/m);
    expect(stdout).toMatch(/^us-main +A1EXAMPLE +na +live +1 Nov 2026, 00:00/m);
    expect(stdout).toMatch(/^ATVPDKIKX0DER +US +us-main +imported +main +amazon_us +newAccount +amazon/m);
    expect(stdout).toMatch(/^main +paas +https:\/\/shop\.example\.com$/m);
    expect(stdout).toMatch(/^wms +webhook +https:\/\/erp\.example\.com\/hooks$/m);
    expect(stdout).toMatch(/^Warning: Account us-main, .* Commerce mails a welcome to each new account\.$/m);
    expect(stdout).not.toMatch(/hidden|whsec_|missing/);
  });

  it('says who is told what needs a person', async () => {
    const { stdout } = await check(inAlerts({ webhook: { url: 'https://alerts.example.com' } }));
    expect(stdout).toMatch(/^webhook +https:\/\/alerts\.example\.com\nmail +orders@example\.com$/m);
  });

  it('warns of missing secrets, and refuses them where it is to', async () => {
    const { AMAZON_US_MAIN_CLIENT_ID: _, ...env } = secrets;
    const missing = 'AMAZON_US_MAIN_CLIENT_ID is missing in the environment';
    const warned = await check(settings(), { env });
    expect([warned.code, warned.stdout]).toEqual([0, expect.stringContaining(`Warning: ${missing}`)]);
    const refused = await check(settings(), { env, args: ['--secrets'] });
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(missing);
    expect((await check(settings(), { args: ['--secrets'] })).code).toBe(0);
  });

  it('says that a file is not there', async () => {
    const { code, stderr } = await runChannel(tempFolder(), ['config', 'check', '--config', 'no.yaml'], {});
    expect([code, stderr]).toEqual([1, 'no.yaml: there is no such file.\n']);
  });
});

describe('channel config schema', () => {
  it('prints what channel.schema.json holds: write it anew with `npx channel config schema`', async () => {
    const { code, stdout } = await runChannel(tempFolder(), ['config', 'schema'], {});
    expect(code).toBe(0);
    expect(stdout).toBe(committed());
  });

  it('takes the example, and none of the files that are wrong in a way that a schema can say', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(committed()));
    const example = readFileSync(join(root, 'channel.example.yaml'), 'utf8');
    expect(example).toMatch(/^# yaml-language-server: \$schema=channel\.schema\.json\n/);
    expect([validate(parse(example)), validate.errors]).toEqual([true, null]);
    const said = ['misspelt key of the intake', 'unit that is none', 'misspelt choice', 'no importSince'];
    const wrong = brokenSettings.filter(({ what }) => said.includes(what));
    expect(wrong.map(({ content }) => validate(content))).toEqual(said.map(() => false));
  });
});
