import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../config/load';
import { settingsSchema } from '../../config/schema';
import { startUpWarnings } from '../../config/warnings';
import { tempFolders } from '../support/temp-folder';
import { account, marketplace, secrets, settings, writeSettings } from './settings';

const tempFolder = tempFolders();
const example = readFileSync(join(__dirname, '..', '..', 'channel.example.yaml'), 'utf8');

const uncommented = example.replaceAll(/^( *)# ( *[a-zA-Z]+:.*)$/gm, '$1$2');

/** All keys of plain data, however deep. */
function keysOf(value: unknown): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return new Set([...own, ...Object.values(value).flatMap((held) => [...keysOf(held)])]);
}

/** All names of properties that a JSON schema describes. */
function propertiesOf(schema: unknown): Set<string> {
  if (typeof schema !== 'object' || schema === null) return new Set();
  const names = 'properties' in schema ? Object.keys(schema.properties ?? {}) : [];
  return new Set([...names, ...Object.values(schema).flatMap((held) => [...propertiesOf(held)])]);
}

async function load(content: unknown, cwd = tempFolder()) {
  writeSettings(cwd, content);
  return loadConfig({ cwd, env: secrets });
}

describe('channel.example.yaml', () => {
  it('loads as it stands', async () => {
    const config = await load(example);
    expect(config.accounts[0]?.marketplaces[0]?.policy.erp).toBe('wms');
  });

  it('shows in its comments the defaults, and an example of what has none', async () => {
    const cwd = tempFolder();
    const { accounts, alerts, commerce, ...shown } = await load(uncommented, cwd);
    expect(accounts.map(({ pace }) => pace)).toEqual([{ getOrder: 0.5, confirmShipment: 2 }]);
    const unpaced = accounts.map((each) => ({ ...each, pace: {} }));
    const quiet = commerce.map(({ events: _, ...shop }) => shop);
    expect({ ...shown, accounts: unpaced, commerce: quiet }).toEqual(await load(example, cwd));
    expect(commerce[0]?.events).toEqual({ clientId: '0123456789abcdef' });
    expect(alerts).toMatchObject({ everyMs: 60_000, paceMs: 900_000, afterMs: 900_000 });
    expect(alerts).toMatchObject({
      webhook: { url: 'https://alerts.example.com/hooks' },
      mail: { port: 465 },
    });
  });

  it('leaves no setting out', () => {
    const written = keysOf(parse(uncommented));
    const known = propertiesOf(z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }));
    expect([...known].filter((name) => !written.has(name))).toEqual(['source', 'prefix']);
  });

  it('names each secret that it needs', () => {
    for (const name of Object.keys(secrets)) expect(example).toContain(name);
  });
});

describe('the start-up warnings', () => {
  it('speak of stock, of mails that Commerce sends, and of a page that others can reach', async () => {
    const marketplaces = [marketplace({ customer: 'newAccount' })];
    const config = await load(settings({ accounts: [account({ marketplaces })], page: { host: '0.0.0.0' } }));
    const warnings = startUpWarnings(config);
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toContain('Account us-main, marketplace ATVPDKIKX0DER: with inventory none');
    expect(warnings[1]).toContain('Commerce mails a welcome');
    expect(warnings[2]).toContain('listens on 0.0.0.0');
  });

  it.each([
    ['onShipment', 'shows it blank where it does not know it'],
    ['onImport', 'puts its default in the place of order status amazon_new'],
  ])('say what Commerce makes of an order status of one’s own, invoiced %s', async (invoice, words) => {
    const marketplaces = [marketplace({ orderStatus: 'amazon_new', invoice })];
    const config = await load(settings({ accounts: [account({ marketplaces })] }));
    expect(startUpWarnings(config).join()).toContain(words);
  });

  it('are none for a marketplace whose orders are only listed', async () => {
    const marketplaces = [marketplace({ importOrders: 'disabled' })];
    const config = await load(settings({ accounts: [account({ marketplaces })] }));
    expect(startUpWarnings(config)).toEqual([]);
  });
});
