import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../config/load';
import { tempFolders } from '../support/temp-folder';
import { problemsOf, secrets, settings, writeSettings } from './settings';

const tempFolder = tempFolders();

describe('a secret', () => {
  it('may stand in a file that its variable names', async () => {
    const cwd = tempFolder();
    writeSettings(cwd, settings());
    const { AMAZON_US_MAIN_REFRESH_TOKEN: token, ...others } = secrets;
    writeFileSync(join(cwd, 'token'), `${token}\n`);
    const env = { ...others, AMAZON_US_MAIN_REFRESH_TOKEN_FILE: join(cwd, 'token') };
    const config = await loadConfig({ cwd, env });
    expect(config.accounts[0]?.credentials.refreshToken).toBe(token);
  });

  it('that is missing is named with all others that are', async () => {
    const { COMMERCE_MAIN_ACCESS_TOKEN: _, AMAZON_US_MAIN_CLIENT_ID: __, ...env } = secrets;
    expect(await problemsOf(tempFolder(), settings(), { ...env, ERP_WMS_WEBHOOK_SECRET: ' ' })).toEqual([
      'AMAZON_US_MAIN_CLIENT_ID, COMMERCE_MAIN_ACCESS_TOKEN, ERP_WMS_WEBHOOK_SECRET are missing in the environment; each may also be a file, named by the variable with _FILE at its end.',
    ]);
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    [
      'twice',
      { AMAZON_US_MAIN_CLIENT_ID_FILE: '/hidden' },
      'AMAZON_US_MAIN_CLIENT_ID and AMAZON_US_MAIN_CLIENT_ID_FILE are both set: keep one of them.',
    ],
    [
      'in a file that is not there',
      { AMAZON_US_MAIN_CLIENT_ID: '', AMAZON_US_MAIN_CLIENT_ID_FILE: '/hidden' },
      'The file that AMAZON_US_MAIN_CLIENT_ID_FILE names cannot be read.',
    ],
    [
      'of another form than Standard Webhooks has',
      { ERP_WMS_WEBHOOK_SECRET: 'whsec_hidden' },
      'ERP_WMS_WEBHOOK_SECRET must be whsec_ and the base64 of 24 to 64 bytes.',
    ],
  ])('is refused %s', async (_, changes, sentence) => {
    expect(await problemsOf(tempFolder(), settings(), { ...secrets, ...changes })).toEqual([sentence]);
  });

  it('never shows in what is refused', async () => {
    const content = settings({ page: { port: 8231 } });
    const env = { ...secrets, AMAZON_US_MAIN_CLIENT_ID: '', ERP_WMS_WEBHOOK_SECRET: 'hidden' };
    const problems = await problemsOf(tempFolder(), content, env);
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hidden');
  });
});
