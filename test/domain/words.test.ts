import { assertNever } from '../../domain/assert-never';
import { attentionReasons } from '../../domain/attention';
import { type Blocker, describeBlocker } from '../../domain/commerce-order';
import { failureTypes, isFailureType } from '../../domain/failures';

describe('a blocker', () => {
  it.each<[Blocker['cause'], string]>([
    ['notInCatalogue', 'SKU MUG-1 is not in the catalogue'],
    ['disabled', 'SKU MUG-1 is disabled in the catalogue'],
    ['notSellable', 'SKU MUG-1 is neither a simple nor a virtual product'],
    ['outOfStock', 'SKU MUG-1 is out of stock'],
  ])('by %s reads "%s"', (cause, sentence) => {
    expect(describeBlocker({ sku: 'MUG-1', cause })).toBe(sentence);
  });
});

describe('a closed set', () => {
  it('of failure types knows its own and nothing else', () => {
    expect(Object.values(failureTypes).every(isFailureType)).toBe(true);
    expect([undefined, null, '', 'Error', 'toString'].some(isFailureType)).toBe(false);
  });

  it('of attention reasons names each once', () => {
    expect(new Set(attentionReasons).size).toBe(attentionReasons.length);
  });

  it('throws on a value that the types rule out', () => {
    const fromOutside: string = JSON.parse('"surprise"');
    expect(() => assertNever(fromOutside as never)).toThrow('Unexpected value "surprise"');
  });
});
