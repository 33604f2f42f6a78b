import { createSecretKey } from 'node:crypto';
import { buyerTokens, createKeyedHash, searchTokens } from '../../../integrations/temporal/keyed-hash';

const hash = createKeyedHash(createSecretKey(Buffer.alloc(32, 1)));

describe('keyed hash', () => {
  test('is 22 characters of base64url, the same for the same text, another with another key', () => {
    const other = createKeyedHash(createSecretKey(Buffer.alloc(32, 2)));
    expect(hash('zoe')).toMatch(/^[\w-]{22}$/);
    expect(hash('zoe')).toBe(hash('zoe'));
    expect(hash('zoe')).not.toBe(hash('zoé'));
    expect(hash('zoe')).not.toBe(other('zoe'));
  });
});

describe('buyer tokens', () => {
  test('one per part of the name and one for the e-mail address', () => {
    expect(buyerTokens(hash, { name: 'Zoë O’Brien-Müller', email: 'Zoe@Example.org ' })).toEqual(
      ['zoe', 'o', 'brien', 'muller', 'zoe@example.org'].map(hash),
    );
  });

  test('a part that occurs twice gives one token', () => {
    expect(buyerTokens(hash, { name: 'Ali ALI' })).toEqual([hash('ali')]);
  });

  test('full-width and composed letters count as their plain ones', () => {
    expect(buyerTokens(hash, { name: 'Ｚｏｅ́' })).toEqual([hash('zoe')]);
    expect(buyerTokens(hash, { name: '山田 太郎' })).toEqual(['山田', '太郎'].map(hash));
  });

  test('nothing is known, nothing is hashed', () => {
    expect(buyerTokens(hash, {})).toEqual([]);
    expect(buyerTokens(hash, { name: ' - ', email: ' ' })).toEqual([]);
  });
});

describe('search tokens', () => {
  const tokens = buyerTokens(hash, { name: 'Zoë O’Brien', email: 'zoe.ob@example.org' });

  test.each(['zoe', 'ZOË o’brien', 'Brien', 'Zoe.OB@example.org', ' zoe  zoe.ob@example.org '])(
    '"%s" finds the buyer',
    (query) => {
      const wanted = searchTokens(hash, query);
      expect(wanted.length).toBeGreaterThan(0);
      expect(tokens).toEqual(expect.arrayContaining(wanted));
    },
  );

  test('another name does not', () => {
    expect(tokens).not.toEqual(expect.arrayContaining(searchTokens(hash, 'zoe smith')));
  });

  test('an empty search has no tokens', () => {
    expect(searchTokens(hash, '  ')).toEqual([]);
  });
});
