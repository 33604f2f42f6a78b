import { join } from 'node:path';
import { checkStock } from '../../client/stock-checks';
import { openInstallation } from '../../config/installation';
import { stockOfWebsite } from '../../sandbox/commerce/inventory';
import { demoSecrets } from '../../scripts/start/demo-settings';
import { openCli } from '../support/channel-cli';
import { writeSettings } from '../support/channel-settings';
import { type CommerceService, openCommerceService } from '../support/commerce-service';
import { withStandIn } from '../support/listed-orders';
import { giveShopAWarehouse, prepareStock, stockAccount, stockShop } from '../support/stock';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
let service: CommerceService;
beforeEach(async () => {
  service = await openCommerceService();
});
afterEach(async () => {
  expect(service.violations()).toEqual([]);
  await service.close();
});

type Strategy = Parameters<typeof stockAccount>[0];
const check = (inventory: Strategy, store?: string) =>
  checkStock(stockShop(service), stockAccount(inventory, store), 5_000);
const stockOf = (website: string) => {
  const { shop } = service.sandbox;
  const stock = stockOfWebsite(shop, website);
  const links = shop.links.all().filter(({ stockId }) => stockId === stock?.id);
  return { id: stock?.id, sources: links.map(({ sourceCode }) => sourceCode) };
};

describe('the stock of a shop on Default Stock', () => {
  it('is set up for sourceTransfer once, and works then', async () => {
    await expect(check('sourceTransfer')).rejects.toThrow('set-up-stock --account acme');
    expect(await prepareStock(service, 'sourceTransfer')).toEqual([
      'Source amazon_allocated was made.',
      'Website amazon sells from the new stock "Amazon orders of amazon from amazon_allocated" (id 2) now instead of "Default Stock".',
    ]);
    expect(stockOf('amazon')).toEqual({ id: 2, sources: ['amazon_allocated'] });
    expect(stockOf('base')).toEqual({ id: 1, sources: ['default'] });
    expect(await check('sourceTransfer')).toBe(
      'Website amazon has inventory sourceTransfer; possible: none, sourceTransfer.',
    );
    expect(await prepareStock(service, 'sourceTransfer')).toEqual([
      'Website amazon has the stock that sourceTransfer needs.',
    ]);
    expect(service.sandbox.shop.stocks.size()).toBe(2);
  });

  it('gives its source to an empty stock of the website', async () => {
    const { shop } = service.sandbox;
    shop.transaction(() => {
      shop.stocks.put({ id: 1, name: 'Default Stock', websites: ['base'] });
      shop.stocks.put({ id: 2, name: 'Amazon', websites: ['amazon'] });
    });
    expect(await prepareStock(service, 'sourceTransfer')).toContain(
      'Stock "Amazon" of website amazon has source amazon_allocated now.',
    );
    expect(stockOf('amazon')).toEqual({ id: 2, sources: ['amazon_allocated'] });
  });

  it('is not set up for dedicatedWebsite, nor for orders of its own website', async () => {
    await expect(prepareStock(service, 'dedicatedWebsite')).rejects.toThrow('choose sourceTransfer');
    await expect(check('sourceTransfer', 'default')).rejects.toThrow('needs a website of its own');
    expect(service.sandbox.shop.stocks.size()).toBe(1);
  });
});

it('the stock of a shop with a warehouse is set up for dedicatedWebsite', async () => {
  giveShopAWarehouse(service);
  expect(await prepareStock(service, 'dedicatedWebsite')).toHaveLength(1);
  expect(stockOf('amazon')).toEqual({ id: 3, sources: ['wh1'] });
  expect(await check('dedicatedWebsite')).toContain('possible: none, dedicatedWebsite.');
});

it('rights that the integration lacks are named', async () => {
  service.sandbox.settings.change({ deniedResources: ['Magento_InventoryApi::source'] });
  await expect(check('none')).rejects.toThrow('The integration needs the resources of Inventory');
});

it('channel accounts set-up-stock writes only for an account that may', async () => {
  const folder = tempFolder();
  const cli = await openCli(folder);
  const { account, list } = cli;
  const write = (inventory: Strategy) =>
    writeSettings(folder, account, list.keyRing, {
      accounts: [
        {
          name: account,
          sellerId: 'A1EXAMPLE',
          region: 'na',
          importSince: '2026-01-01T00:00:00Z',
          marketplaces: [{ id: 'ATVPDKIKX0DER', commerce: account, store: 'amazon_us', inventory }],
        },
      ],
      commerce: [{ name: account, url: service.connection.url }],
    });
  const setUp = () => cli.channel(['accounts', 'set-up-stock', '--account', account], demoSecrets(account));
  write('sourceTransfer');
  openInstallation(join(folder, 'installation'));
  await list.startIntake();
  expect(await setUp()).toMatchObject({ code: 1, stderr: expect.stringContaining('Nobody has confirmed') });
  expect(service.exchanges).toEqual([]);
  await withStandIn(list, async () => {
    await cli.channel(['accounts', 'confirm', account]);
    expect(await setUp()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Commerce ${account}: Source amazon_allocated was made.`),
    });
    write('dedicatedWebsite');
    expect(await setUp()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('choose sourceTransfer'),
    });
    write('none');
    expect(await setUp()).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing to make') });
  });
  await list.close();
});
