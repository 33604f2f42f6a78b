import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type ServedChannel, serveChannel } from '../../client/http/server';
import { orderWorkflowId } from '../../workflows/order/contract';
import { type List, openList, withStandIn } from '../support/listed-orders';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
if (!isThere)
  process.stderr.write(`Skipped: the Orders page in a browser, because there is no ${executablePath}.\n`);

(isThere ? describe : describe.skip)('the Orders page in a browser', () => {
  let browser: Browser;
  let list: List;
  let served: ServedChannel;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    list = await openList();
    const http = {
      page: { host: '127.0.0.1', port: 0 },
      codec: { port: 0 },
      temporalUi: 'http://127.0.0.1:8233',
    };
    const { client, keyRing, account: taskQueue } = list;
    const config = {
      http,
      taskQueue,
      accounts: [{ name: taskQueue, staleAfterMs: 60_000, marketplaces: [] }],
    };
    served = await serveChannel({ config, client, keyRing, erps: () => undefined });
  });
  afterEach(async () => {
    await served.close();
    await list.close();
  });

  /** Opens the page and collects what the browser complains about. */
  async function open(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    await page.goto(`${served.pageUrl}${path}`);
    return { page, complaints, close: () => context.close() };
  }
  const row = (page: Page, id: string) => page.locator(`tr[data-order="${id}"]`);

  it('lists orders, hides pending ones unless asked, and links to the workflow', async () => {
    const id = await list.start({ commerceOrderNumber: '000000012', memo: { buyer: 'Ada Sample' } });
    const pending = await list.start({ status: 'Pending' });
    const { page, complaints, close } = await open('/');
    expect(await page.getByRole('row').count()).toBe(2);
    expect(await row(page, id).textContent()).toMatch(
      /Unshipped[\s\S]*000000012[\s\S]*Ada Sample[\s\S]*\$16\.23/,
    );
    const workflow = encodeURIComponent(orderWorkflowId(list.account, id));
    expect(await page.getByRole('link', { name: id }).getAttribute('href')).toBe(
      `http://127.0.0.1:8233/namespaces/${list.client.options.namespace}/workflows/${workflow}`,
    );
    await page.getByLabel('Show pending').check();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await row(page, pending).waitFor();
    await page.getByRole('link', { name: /^Unshipped/ }).click();
    await row(page, pending).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('refreshes itself and keeps what the reader is doing', async () => {
    await list.start();
    const { page, complaints, close } = await open('/');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByPlaceholder('Order number or buyer').fill('half a wo');
    const hold = page.getByRole('button', { name: /^Hold/ });
    await hold.focus();
    const id = await list.start({ memo: { buyer: 'Zoë Sample' } });
    await row(page, id).waitFor({ timeout: 8_000 });
    expect(await page.getByPlaceholder('Order number or buyer').inputValue()).toBe('half a wo');
    expect(await page.evaluate('document.activeElement.id')).toMatch(/^hold-amazon-order/);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says when the connection is gone, and goes on when it is back', async () => {
    await list.start();
    const { page, close } = await open('/');
    await page.context().setOffline(true);
    await page.getByText('No connection, trying again').waitFor({ timeout: 8_000 });
    await page.context().setOffline(false);
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 8_000 });
    await close();
  });

  it.each([true, false])('holds an order and says so (JavaScript: %s)', async (javaScriptEnabled) => {
    const id = await list.start({ memo: { buyer: 'Ada Sample' } });
    await withStandIn(list, async () => {
      const { page, close } = await open('/?q=ada', { javaScriptEnabled });
      await row(page, id).getByRole('button', { name: 'Hold' }).click();
      await page.getByText(`Order ${id}: Held`).waitFor();
      expect(page.url()).toBe(`${served.pageUrl}/?q=ada`);
      await row(page, id).getByRole('link', { name: 'Details' }).click();
      await page.getByText('Orders page').waitFor();
      await page.getByPlaceholder('Why (optional)').fill('twice');
      await page.getByRole('button', { name: /^Hold/ }).click();
      await page.getByRole('alert').getByText('The order is held already.').waitFor();
      await close();
    });
  });

  it('raises a banner while the intake needs a look, and drops it by itself', async () => {
    const { page, complaints, close } = await open('/');
    const banner = page.getByRole('alert');
    await banner.getByText('No order intake runs').waitFor();
    await list.startIntake();
    await withStandIn(list, () => banner.waitFor({ state: 'detached', timeout: 15_000 }));
    expect(complaints).toEqual([]);
    await close();
  });

  it('runs nothing that a buyer wrote', async () => {
    const markup = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    const id = await list.start({ memo: { buyer: markup, note: markup } });
    const { page, complaints, close } = await open('/');
    expect(await row(page, id).textContent()).toContain(markup);
    await page.waitForTimeout(2_500);
    expect(complaints).toEqual([]);
    await close();
  });

  it('fits a telephone', async () => {
    await list.start({ memo: { buyer: 'Ada Sample', note: 'SKU MUG-1 is not in the catalogue.' } });
    const { page, close } = await open('/', { viewport: { width: 375, height: 700 } });
    const width = async () => Number(await page.evaluate('document.documentElement.scrollWidth'));
    expect(await width()).toBeLessThanOrEqual(375);
    const reason = 'Marketplace A1F83G8C2ARO7P is not in the settings of the account.';
    await list.startIntake({ parked: [{ amazonOrderId: '113-0000000-0000001', reason }] });
    await withStandIn(list, async () => {
      await page.goto(`${served.pageUrl}/intake`);
      await page.getByText(reason).waitFor({ timeout: 15_000 });
    });
    expect(await width()).toBeLessThanOrEqual(375);
    await close();
  });
});
