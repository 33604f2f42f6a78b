import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import {
  createKeyRing,
  deriveKey,
  formatKeyRing,
  type KeyRing,
  readKeyRing,
  writeNewKeyRingFile,
} from '../../../integrations/temporal/key-ring';

const base64Of = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const secretsOf = (ring: KeyRing) =>
  [...ring.keys].map(([id, { secret }]) => `${id} ${secret.export().toString('base64')}`);

describe('key ring', () => {
  test('the first key of the file is active, the others stay readable, comments and blank lines are skipped', () => {
    const ring = readKeyRing(`# keys\r\nnew ${base64Of(1)}\r\n\r\nold ${base64Of(2)}\n`);
    expect(ring.active.id).toBe('new');
    expect(secretsOf(ring)).toEqual([`new ${base64Of(1)}`, `old ${base64Of(2)}`]);
  });

  test('what is formatted reads back as the same ring', () => {
    const ring = readKeyRing(`new ${base64Of(1)}\nold ${base64Of(2)}`);
    const again = readKeyRing(formatKeyRing(ring));
    expect(again.active.id).toBe('new');
    expect(secretsOf(again)).toEqual(secretsOf(ring));
  });

  test.each([
    ['a short key', `a ${Buffer.alloc(16).toString('base64')}`, 'Key ring, line 1: expected'],
    ['a line without key', `a ${base64Of(1)}\nb`, 'Key ring, line 2: expected'],
    ['a third word', `a ${base64Of(1)} x`, 'Key ring, line 1: expected'],
    ['the same id twice', `a ${base64Of(1)}\na ${base64Of(2)}`, 'line 2: key id a stands there twice'],
    ['no key at all', '# nothing\n', 'The key ring holds no key'],
  ])('%s is refused without quoting the key', (_, text, sentence) => {
    expect(() => readKeyRing(text)).toThrow(sentence);
    expect(() => readKeyRing(text)).not.toThrow(base64Of(1));
  });

  test('two new rings have different keys and ids', () => {
    expect(secretsOf(createKeyRing())).not.toEqual(secretsOf(createKeyRing()));
  });

  test('a key shows neither when it is logged nor in JSON', () => {
    const ring = readKeyRing(`a ${base64Of(7)}`);
    const shown = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify(ring.active);
    expect(shown).not.toContain(base64Of(7));
    expect(shown).not.toContain('07 07 07');
  });

  test('a new file is readable by its owner only and never overwrites an older one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'key-ring-'));
    try {
      const path = join(folder, 'keys');
      const ring = writeNewKeyRingFile(path);
      const text = readFileSync(path, 'utf8');
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(secretsOf(readKeyRing(text))).toEqual(secretsOf(ring));
      expect(() => writeNewKeyRingFile(path)).toThrow('EEXIST');
      expect(readFileSync(path, 'utf8')).toBe(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a derived key is the same each time, and another one for another purpose or another active key', () => {
    const ring = readKeyRing(`a ${base64Of(1)}`);
    const hexOf = (from: KeyRing, purpose: string) => deriveKey(from, purpose).export().toString('hex');
    expect(hexOf(ring, 'buyer tokens')).toHaveLength(64);
    expect(hexOf(ring, 'buyer tokens')).toBe(hexOf(ring, 'buyer tokens'));
    expect(hexOf(ring, 'versions')).not.toBe(hexOf(ring, 'buyer tokens'));
    expect(hexOf(readKeyRing(`a ${base64Of(2)}`), 'buyer tokens')).not.toBe(hexOf(ring, 'buyer tokens'));
  });
});
