import { isReady, type Place, possibleStrategies, type Stock, setupProblem } from '../../domain/stock-setup';
import { shopStock } from '../support/stock';

const source = (code: string, enabled = true) => ({ code, enabled, countryCode: 'US', postalCode: '98109' });
const defaultStock = (...websites: string[]): Stock => ({
  id: 1,
  name: 'Default Stock',
  websites,
  sources: ['default'],
});
const ownStock = (sources: string[], ...websites: string[]): Stock => ({
  id: 2,
  name: 'Own',
  websites,
  sources,
});
const place = (stocks: Stock[], website = 'amazon'): Place => ({
  setup: { sources: ['default', 'amazon_allocated', 'wh1', 'wh2'].map((code) => source(code)), stocks },
  website,
  shop: shopStock,
});

const warehouses = { id: 3, name: 'Shop', websites: ['base'], sources: ['wh1', 'wh2'] };

describe('the strategies that are possible', () => {
  it.each<[string, Place, string[]]>([
    ['a shop on Default Stock', place([defaultStock('base', 'amazon')]), ['none', 'sourceTransfer']],
    [
      'a shop on sources of its own',
      place([warehouses, defaultStock('amazon')]),
      ['none', 'dedicatedWebsite'],
    ],
    ['orders on the website of the shop', place([defaultStock('base')], 'base'), ['none']],
    ['a website of the shop that has no stock', place([defaultStock('amazon')]), ['none']],
  ])('for %s', (_, given, possible) => {
    expect(possibleStrategies(given)).toEqual(possible);
  });

  it('are two with sources of its own where one of them is the origin', () => {
    const given = place([warehouses, defaultStock('amazon')]);
    const own = { ...given, shop: { ...shopStock, origin: 'wh1' } };
    expect(possibleStrategies(own)).toEqual(['none', 'sourceTransfer', 'dedicatedWebsite']);
  });
});

describe('what keeps a strategy from working', () => {
  const problem = (given: Place, strategy: Parameters<typeof setupProblem>[1]) =>
    setupProblem(given, strategy, 'us-main');

  it('is nothing where the website has the wanted sources alone', () => {
    const allocated = place([defaultStock('base'), ownStock(['amazon_allocated'], 'amazon')]);
    expect(problem(allocated, 'sourceTransfer')).toBeUndefined();
    const dedicated = place([warehouses, ownStock(['wh2', 'wh1'], 'amazon')]);
    expect(problem(dedicated, 'dedicatedWebsite')).toBeUndefined();
    expect(problem(place([defaultStock('base', 'amazon')]), 'none')).toBeUndefined();
  });

  it.each<[string, Place, Parameters<typeof setupProblem>[1], string]>([
    [
      'the stock of the shop',
      place([defaultStock('base', 'amazon')]),
      'sourceTransfer',
      'For sourceTransfer, website amazon needs a stock of amazon_allocated alone: make it with `npx channel accounts set-up-stock --account us-main`.',
    ],
    [
      'another source beside the wanted one',
      place([defaultStock('base'), ownStock(['amazon_allocated', 'wh1'], 'amazon')]),
      'sourceTransfer',
      'needs a stock of amazon_allocated alone',
    ],
    [
      'a shop on Default Stock',
      place([defaultStock('base', 'amazon')]),
      'dedicatedWebsite',
      'choose sourceTransfer',
    ],
    ['a shop on other sources', place([warehouses, ownStock([], 'amazon')]), 'sourceTransfer', 'wh1, wh2'],
    ['the website of the shop', place([defaultStock('base')], 'base'), 'sourceTransfer', 'of its own'],
    ['a shop of another name', place([defaultStock('amazon')]), 'dedicatedWebsite', 'set stock.website'],
    [
      'a stock without source',
      place([defaultStock('base'), ownStock([], 'amazon')]),
      'none',
      'Stock Own of website amazon has no source, so nothing of it can be shipped',
    ],
    ['no stock', place([defaultStock('base')]), 'none', 'Website amazon sells from no stock'],
  ])('is %s', (_, given, strategy, sentence) => {
    expect(problem(given, strategy)).toContain(sentence);
    if (strategy !== 'none') expect(isReady(given, strategy)).toBe(false);
  });

  it('is a source that is switched off', () => {
    const given = place([defaultStock('base'), ownStock(['amazon_allocated'], 'amazon')]);
    const off = { ...given, setup: { ...given.setup, sources: [source('amazon_allocated', false)] } };
    expect(problem(off, 'sourceTransfer')).toBe(
      'Source amazon_allocated is disabled: enable it in Commerce.',
    );
  });
});
