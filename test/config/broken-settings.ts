import { type BrokenSettings, broken } from './broken';
import {
  account,
  inAccount,
  inAlerts,
  inCommerce,
  inIntake,
  inMarketplace,
  inQueue,
  mail,
  marketplace,
  queueUrl,
  secrets,
  settings,
} from './settings';
import { wrongValues } from './wrong-values';

const at = 'accounts[0].marketplaces[0]';
const atQueue = 'accounts[0].notifications';
const atIntake = 'accounts[0].intake';
const lookThere = 'look at indentation, quotes and brackets there.';
const lookUp = 'is not a setting: remove it, or look up its name in docs/settings.md.';
const noSecrets = 'is not a setting: secrets come from the environment and never stand here.';
const eachAlsoAFile =
  'missing in the environment; each may also be a file, named by the variable with _FILE at its end.';

const yaml: readonly BrokenSettings[] = [
  broken('empty file', '', 'the file must be a group of settings.'),
  broken('list instead of settings', '- accounts\n', 'the file must be a group of settings.'),
  broken('open bracket', 'accounts: [\n', `line 2, column 1 is not valid YAML (bad indent): ${lookThere}`),
  broken(
    'the same key twice',
    'page: {}\npage: {}\n',
    'line 2, column 1 is not valid YAML (duplicate key): keep one of the two.',
  ),
  broken(
    'wrong indentation',
    'accounts:\n  - name: a\n   sellerId: hidden',
    `line 3, column 1 is not valid YAML (missing char): ${lookThere}`,
  ),
];

const unknownKeys: readonly BrokenSettings[] = [
  broken('unknown part', settings({ colour: 'red' }), `colour ${lookUp}`),
  broken('misspelt part', settings({ erp: [] }), 'erp is not a setting: write erps if that is meant.'),
  broken(
    'misspelt key of an account',
    inAccount({ import_since: '2026-11-01T00:00:00Z' }),
    'accounts[0].import_since is not a setting: write importSince if that is meant.',
  ),
  broken(
    'misspelt key of the intake',
    inIntake({ sweepEvry: '5 min' }),
    `${atIntake}.sweepEvry is not a setting: write sweepEvery if that is meant.`,
  ),
  broken(
    'misspelt key of a marketplace',
    inMarketplace({ retryBlock: ['1 h'] }),
    `${at}.retryBlock is not a setting: write retryBlocked if that is meant.`,
  ),
  broken('unknown key of Commerce', inCommerce({ shape: 1 }), `commerce[0].shape ${lookUp}`),
  broken(
    'secret of an account',
    inAccount({ clientSecret: 'hidden' }),
    `accounts[0].clientSecret ${noSecrets}`,
  ),
  broken('secret of Commerce', inCommerce({ accessToken: 'hidden' }), `commerce[0].accessToken ${noSecrets}`),
  broken('secret of a queue', inQueue({ secretKey: 'hidden' }), `${atQueue}.secretKey ${noSecrets}`),
];

const european = { id: 'A1PA6795UKMFR9' };

const contradictions: readonly BrokenSettings[] = [
  broken(
    'Commerce instance that is not there',
    inMarketplace({ commerce: 'other' }),
    `${at}.commerce is other, but no entry of commerce has that name.`,
  ),
  broken(
    'ERP that is not there',
    inMarketplace({ erp: 'sap' }),
    `${at}.erp is sap, but no entry of erps has that name.`,
  ),
  broken(
    'account name twice',
    settings({ accounts: [account(), account({ sellerId: 'A2OTHER' })] }),
    'accounts[1].name is us-main like that of accounts[0]: each needs its own.',
  ),
  broken(
    'Commerce name twice',
    settings({ commerce: [1, 2].map((shop) => ({ name: 'main', url: `https://shop${shop}.example.com` })) }),
    'commerce[1].name is main like that of commerce[0]: each needs its own.',
  ),
  broken(
    'seller and region under two names',
    settings({ accounts: [account(), account({ name: 'us-too' })] }),
    'accounts[1] is the seller and region of account us-main under another name: put its marketplaces there.',
  ),
  broken(
    'one queue for two accounts',
    settings({
      accounts: [
        account({ notifications: { queueUrl } }),
        account({ name: 'us-too', sellerId: 'A2OTHER', notifications: { queueUrl: `${queueUrl}/` } }),
      ],
    }),
    'accounts[1].notifications.queueUrl is that of accounts[0]: each account needs a queue of its own.',
  ),
  broken(
    'marketplace twice',
    inAccount({ marketplaces: [marketplace(), marketplace({ store: 'second' })] }),
    'accounts[0].marketplaces[1].id is ATVPDKIKX0DER like that of accounts[0].marketplaces[0]: each needs its own.',
  ),
  broken(
    'marketplace of another region',
    inMarketplace(european),
    `${at}.id is a marketplace of region eu, not na.`,
  ),
  broken(
    'alert before each sweep',
    inIntake({ sweepEvery: '1 h' }),
    `${atIntake}.staleAfter must be longer than sweepEvery, or each wait would raise an alert.`,
  ),
  broken(
    'reserving without source transfer',
    inMarketplace({ pendingStock: 'reserve' }),
    `${at}.pendingStock can be reserve only with inventory: sourceTransfer.`,
  ),
  broken(
    'units that move to where they are',
    inCommerce({ stock: { origin: 'main', allocation: 'main' } }),
    'commerce[0].stock.origin and commerce[0].stock.allocation are both main: units move from one to the other.',
  ),
  broken(
    'one port for two servers',
    settings({ page: { port: 8231 } }),
    'page.port and codec.port are both 8231: choose another.',
  ),
  broken(
    'cloud service without a tenant',
    inCommerce({ edition: 'cloudService', url: 'https://na1.api.commerce.adobe.com' }),
    'commerce[0].url must end with the tenant, like https://na1.api.commerce.adobe.com/your-tenant-id.',
    `COMMERCE_MAIN_CLIENT_ID, COMMERCE_MAIN_CLIENT_SECRET, COMMERCE_MAIN_ORG_ID are ${eachAlsoAFile}`,
  ),
  broken(
    'cloud service that is not said to be one',
    inCommerce({ url: 'https://na1.api.commerce.adobe.com/AbC' }),
    'commerce[0].url is that of Commerce as a Cloud Service: set commerce[0].edition to cloudService.',
  ),
  broken(
    'tokens where there are none',
    inCommerce({ tokenEndpoint: 'https://ims-na1.adobelogin.com/ims/token/v3' }),
    'commerce[0].tokenEndpoint is for edition cloudService only: remove it, or set the edition.',
  ),
];

const inEnvironment = (what: string, changes: NodeJS.ProcessEnv, ...sentences: string[]): BrokenSettings => ({
  ...broken(what, settings(), ...sentences),
  env: { ...secrets, ...changes },
});

const wrongSecrets: readonly BrokenSettings[] = [
  inEnvironment(
    'secrets that are missing',
    { AMAZON_US_MAIN_CLIENT_ID: '', ERP_WMS_WEBHOOK_SECRET: ' ' },
    `AMAZON_US_MAIN_CLIENT_ID, ERP_WMS_WEBHOOK_SECRET are ${eachAlsoAFile}`,
  ),
  inEnvironment(
    'secret twice',
    { AMAZON_US_MAIN_CLIENT_ID_FILE: '/hidden' },
    'AMAZON_US_MAIN_CLIENT_ID and AMAZON_US_MAIN_CLIENT_ID_FILE are both set: keep one of them.',
  ),
  inEnvironment(
    'secret in a file that is not there',
    { AMAZON_US_MAIN_CLIENT_ID: '', AMAZON_US_MAIN_CLIENT_ID_FILE: '/hidden' },
    'The file that AMAZON_US_MAIN_CLIENT_ID_FILE names cannot be read.',
  ),
  inEnvironment(
    'webhook secret of another form',
    { ERP_WMS_WEBHOOK_SECRET: 'whsec_hidden' },
    'ERP_WMS_WEBHOOK_SECRET must be whsec_ and the base64 of 24 to 64 bytes.',
  ),
];

const ofAlerts: readonly BrokenSettings[] = [
  {
    ...broken(
      'secrets of alerts that are missing',
      inAlerts({ webhook: { url: 'https://alerts.example.com' }, mail: { ...mail, user: 'alerts' } }),
      `ALERT_WEBHOOK_SECRET, ALERT_SMTP_PASSWORD are ${eachAlsoAFile}`,
    ),
    env: { ...secrets, ALERT_WEBHOOK_SECRET: '', ALERT_SMTP_PASSWORD: '' },
  },
];

/** One for each way in which settings can be wrong. */
export const brokenSettings: readonly BrokenSettings[] = [
  ...yaml,
  ...unknownKeys,
  ...wrongValues,
  ...contradictions,
  ...wrongSecrets,
  ...ofAlerts,
];
