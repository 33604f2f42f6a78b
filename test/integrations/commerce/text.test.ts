import fc from 'fast-check';
import { personName } from '../../../integrations/commerce/identity';
import { storable } from '../../../integrations/commerce/text';
import { amazonOrder } from '../../support/orders';

describe('a text for Commerce', () => {
  it.each([
    ['Ada 👩‍👩‍👧 Sample', 'Ada Sample'],
    ['I ❤️‍🔥 mugs', 'I ❤ mugs'],
    ['𠮷田 太郎', '〓田 太郎'],
    ['葛󠄀城', '葛城'],
    ['𝓐𝓭𝓪', 'Ada'],
    ['क्‍ष', 'क्‍ष'],
    ['line one\r\nline\ttwo\u0000', 'line one line two'],
    ['e\u0301', 'é'],
  ])('%j is kept as %j', (text, kept) => {
    expect(storable(text, 255)).toBe(kept);
  });

  it('has no 4-byte character, fits, and is not changed a second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 1, max: 255 }),
        (text, width) => {
          const kept = storable(text, width);
          expect(kept).not.toMatch(/[\u{10000}-\u{10FFFF}]|\p{Cs}/u);
          expect(kept.length).toBeLessThanOrEqual(width);
          expect(storable(kept, width)).toBe(kept);
        },
      ),
    );
  });
});

describe('the name of a person', () => {
  const names = (name: string) => {
    const { firstName, lastName } = personName(amazonOrder(), name);
    return [firstName, lastName];
  };

  it.each([
    ['Ada Sample ☺', ['Ada', 'Sample']],
    ['Sample', ['Sample', '-']],
    ['Robert Sample Jr.', ['Robert', 'Sample Jr.']],
    ['山田太郎', ['山田太郎', '-']],
  ])('%j has the parts %j', (name, parts) => {
    expect(names(name)).toEqual(parts);
  });

  it('has two parts that are not empty, whatever Amazon gives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        for (const part of names(name)) {
          expect(part).not.toBe('');
          expect(part.length).toBeLessThanOrEqual(128);
        }
      }),
    );
  });
});
