import { alertReasons } from '../../domain/alerts';
import { type BrokenSettings, broken } from './broken';
import {
  account,
  inAccount,
  inAlerts,
  inCommerce,
  inErp,
  inIntake,
  inMarketplace,
  inQueue,
  mail,
  queueUrl,
  settings,
} from './settings';

const at = 'accounts[0].marketplaces[0]';
const atQueue = 'accounts[0].notifications';
const atIntake = 'accounts[0].intake';
const web = 'must be an address that begins with https:// (http:// only on this machine).';

/** Settings that are wrong by themselves. */
export const wrongValues: readonly BrokenSettings[] = [
  broken('no account', settings({ accounts: [] }), 'accounts must not be empty.'),
  broken('no Commerce', settings({ commerce: undefined }), 'commerce is missing.'),
  broken(
    'name that is no slug',
    inAccount({ name: 'US main' }),
    'accounts[0].name must be at most 40 lower-case letters, digits and dashes.',
  ),
  broken('number instead of a text', inAccount({ sellerId: 17 }), 'accounts[0].sellerId must be a text.'),
  broken('region that is none', inAccount({ region: 'us' }), 'accounts[0].region must be na, eu or fe.'),
  broken('mode that is none', inAccount({ mode: 'dry' }), 'accounts[0].mode must be live or readOnly.'),
  broken('no importSince', inAccount({ importSince: undefined }), 'accounts[0].importSince is missing.'),
  broken(
    'date without a time',
    inAccount({ importSince: '2026-11-01' }),
    'accounts[0].importSince must be a time like 2026-11-01T00:00:00Z.',
  ),
  broken('empty group', inAccount({ intake: null }), `${atIntake} must be a group of settings.`),
  broken(
    'unit that is none',
    inIntake({ sweepEvery: '5 minutes' }),
    `${atIntake}.sweepEvery must be a duration like 500 ms, 20 s, 15 min, 1 h or 3 d.`,
  ),
  broken('no duration', inIntake({ sweepEvery: 0 }), `${atIntake}.sweepEvery must be longer than nothing.`),
  broken(
    'slow sweep that is too short',
    inIntake({ slowSweepBack: '23 h' }),
    `${atIntake}.slowSweepBack must be 24 h or longer, because Amazon lists some orders hours late.`,
  ),
  broken(
    'reconciliation that looks back too far',
    inIntake({ reconcileBack: '26 d' }),
    `${atIntake}.reconcileBack must be 25 d or shorter, so that finished orders are still there to compare with.`,
  ),
  broken(
    'pace of nothing',
    inAccount({ pace: { getOrder: 0 } }),
    'accounts[0].pace.getOrder must be more than 0.',
  ),
  broken('no queue', inQueue({ queueUrl: undefined }), `${atQueue}.queueUrl is missing.`),
  broken('queue without an address', inQueue({ queueUrl: 'orders' }), `${atQueue}.queueUrl ${web}`),
  broken(
    'FIFO queue',
    inQueue({ queueUrl: `${queueUrl}.fifo` }),
    `${atQueue}.queueUrl must be a standard queue: Amazon sends nothing to a FIFO one.`,
  ),
  broken(
    'AWS region that is none',
    inQueue({ region: 'USA' }),
    `${atQueue}.region must be an AWS region like us-east-1.`,
  ),
  broken(
    'queue whose region nobody knows',
    inQueue({ queueUrl: 'http://127.0.0.1:4566/000000000000/orders' }),
    `${atQueue}.region is missing, because the address of the queue does not tell it.`,
  ),
  broken(
    'marketplace that is no id',
    inMarketplace({ id: 'US' }),
    `${at}.id must be Amazon's id of a marketplace, like ATVPDKIKX0DER.`,
  ),
  broken('no store view', inMarketplace({ store: undefined }), `${at}.store is missing.`),
  broken(
    'all store views',
    inMarketplace({ store: 'all' }),
    `${at}.store must be a store view that sells, not admin or all.`,
  ),
  broken(
    'misspelt choice',
    inMarketplace({ customer: 'new account' }),
    `${at}.customer must be guest or newAccount.`,
  ),
  broken(
    'number of nobody',
    inMarketplace({ orderNumber: 'erp' }),
    `${at}.orderNumber must be amazon, commerce or { source: amazon, prefix: AMZ- }.`,
  ),
  broken(
    'prefix before the number of Commerce',
    inMarketplace({ orderNumber: { source: 'commerce', prefix: 'C-' } }),
    `${at}.orderNumber must be amazon, commerce or { source: amazon, prefix: AMZ- }.`,
  ),
  broken(
    'status that is no code',
    inMarketplace({ orderStatus: 'Paid!' }),
    `${at}.orderStatus must be default or a status code of the processing state.`,
  ),
  broken('no wait', inMarketplace({ retryBlocked: [] }), `${at}.retryBlocked must not be empty.`),
  broken(
    'wait of nothing',
    inMarketplace({ retryBlocked: ['5 ms'] }),
    `${at}.retryBlocked[0] must be 1 s or longer.`,
  ),
  broken(
    'settling for too long',
    inMarketplace({ settleFor: '4 d' }),
    `${at}.settleFor must be 3 d or shorter, so that buyer data is gone 30 days after shipment.`,
  ),
  broken(
    'shipments without a number that are lost',
    inCommerce({ shipmentsWithoutNumber: 'ignore' }),
    'commerce[0].shipmentsWithoutNumber must be wait or send.',
  ),
  broken(
    'events of nobody',
    inCommerce({ events: { clientId: 'my project' } }),
    'commerce[0].events.clientId must be the client id of the Adobe Developer Console project.',
  ),
  broken('shop without an address', inCommerce({ url: 'shop' }), `commerce[0].url ${web}`),
  broken('shop without encryption', inCommerce({ url: 'http://shop.example.com' }), `commerce[0].url ${web}`),
  broken(
    'address of an API',
    inCommerce({ url: 'https://shop.example.com/rest/V1' }),
    'commerce[0].url must end before /rest and /V1.',
  ),
  broken(
    'edition that is none',
    inCommerce({ edition: 'cloud' }),
    'commerce[0].edition must be paas or cloudService.',
  ),
  broken('no call at a time', inCommerce({ concurrency: 0 }), 'commerce[0].concurrency must be at least 1.'),
  broken('ERP of another kind', inErp({ kind: 'ftp' }), 'erps[0].kind must be webhook.'),
  broken('alerts to nobody', inAlerts({ mail: undefined }), 'alerts must have webhook or mail.'),
  broken(
    'alert about nothing',
    inAlerts({ reasons: ['tired'] }),
    `alerts.reasons[0] must be ${alertReasons.slice(0, -1).join(', ')} or ${alertReasons.at(-1)}.`,
  ),
  broken('alerts about nothing', inAlerts({ reasons: [] }), 'alerts.reasons must not be empty.'),
  broken('alerts without pause', inAlerts({ every: '5 ms' }), 'alerts.every must be 1 s or longer.'),
  broken(
    'alerts in clear',
    inAlerts({ webhook: { url: 'http://example.com' } }),
    `alerts.webhook.url ${web}`,
  ),
  broken('mail by nobody', inAlerts({ mail: { ...mail, from: undefined } }), 'alerts.mail.from is missing.'),
  broken('mail to nobody', inAlerts({ mail: { ...mail, to: [] } }), 'alerts.mail.to must not be empty.'),
  broken(
    'mail to a name',
    inAlerts({ mail: { ...mail, to: ['Night shift'] } }),
    'alerts.mail.to[0] must be a mail address like orders@example.com.',
  ),
  broken(
    'password of a mail server',
    inAlerts({ mail: { ...mail, password: 'hidden' } }),
    'alerts.mail.password is not a setting: secrets come from the environment and never stand here.',
  ),
  broken('port that is none', settings({ page: { port: 70_000 } }), 'page.port must be at most 65535.'),
  broken('port in words', settings({ page: { port: 'http' } }), 'page.port must be a number.'),
  broken(
    'level that is none',
    settings({ logs: { level: 'loud' } }),
    'logs.level must be debug, info, warn or error.',
  ),
  broken(
    'several at once',
    settings({ accounts: [account({ region: 'us', colour: 1 })], commerce: [] }),
    'accounts[0].region must be na, eu or fe.',
    'accounts[0].colour is not a setting: remove it, or look up its name in docs/settings.md.',
    'commerce must not be empty.',
  ),
];
