import { tempFolders } from '../support/temp-folder';
import { brokenSettings } from './broken-settings';
import { account, inCommerce, marketplace, problemsOf, secrets, settings } from './settings';

const tempFolder = tempFolders();
/** Of a second account in some of the files. */
const secondSeller = {
  AMAZON_US_TOO_CLIENT_ID: 'x',
  AMAZON_US_TOO_CLIENT_SECRET: 'x',
  AMAZON_US_TOO_REFRESH_TOKEN: 'x',
};

describe('a broken settings file is refused, with where it is wrong and what to do', () => {
  it.each(brokenSettings)('$what', async ({ content, env = secrets, sentences }) => {
    const problems = await problemsOf(tempFolder(), content, { ...env, ...secondSeller });
    expect(problems).toEqual(sentences);
    expect(problems.join()).not.toContain('hidden');
  });

  it('in far more than twenty ways, each with sentences of its own', () => {
    expect(new Set(brokenSettings.map(({ what }) => what)).size).toBe(brokenSettings.length);
    expect(brokenSettings.length).toBeGreaterThan(60);
    for (const sentence of brokenSettings.flatMap(({ sentences }) => sentences))
      expect(sentence).toMatch(/\.$/);
  });

  it('and never quoted, since it may be a secret in the wrong place', async () => {
    const content = {
      ...inCommerce({ url: 'https://hidden:secret@shop.example.com' }),
      accounts: [account({ sellerId: 'Atzr|hidden', clientSecret: 'hidden' })],
    };
    const problems = await problemsOf(tempFolder(), content);
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hidden');
  });
});

it('the same seller in another region is another account', async () => {
  const european = account({
    name: 'eu-main',
    region: 'eu',
    marketplaces: [marketplace({ id: 'A1PA6795UKMFR9' })],
  });
  const problems = await problemsOf(tempFolder(), settings({ accounts: [account(), european] }), {});
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('AMAZON_EU_MAIN_CLIENT_ID');
});
