import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../config/errors';
import { openKeyRing } from '../../config/key-ring';
import { createKeyRing, formatKeyRing } from '../../integrations/temporal/key-ring';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();

describe('the key ring', () => {
  it('is made where there is none, for its owner only, and found again', () => {
    const path = join(tempFolder(), 'new', 'key-ring');
    const made = openKeyRing(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openKeyRing(path).active.id).toBe(made.active.id);
    expect(readdirSync(dirname(path))).toEqual(['key-ring']);
  });

  it.each([0o640, 0o604, 0o644])('is refused with mode %o, and its keys are not shown', (mode) => {
    const path = join(tempFolder(), 'key-ring');
    writeFileSync(path, formatKeyRing(createKeyRing()));
    chmodSync(path, mode);
    expect(() => openKeyRing(path)).toThrow(ConfigError);
    expect(() => openKeyRing(path)).toThrow('can be read by others than its owner: run chmod 600 on it');
  });

  it.each([
    ['holds no key', (path: string) => writeFileSync(path, '# nothing\n', { mode: 0o600 })],
    ['is a folder', (path: string) => mkdirSync(path, { mode: 0o700 })],
  ])('is refused where it %s', (_, make) => {
    const path = join(tempFolder(), 'key-ring');
    make(path);
    expect(() => openKeyRing(path)).toThrow(`The key ring ${path} cannot be used:`);
  });
});
