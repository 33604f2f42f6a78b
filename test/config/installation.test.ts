import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openInstallation } from '../../config/installation';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();

describe('the id of the installation', () => {
  it('is made where there is none, for its owner only, and found again', () => {
    const path = join(tempFolder(), 'new', 'installation');
    const made = openInstallation(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openInstallation(path)).toBe(made);
    expect(readFileSync(path, 'utf8')).toBe(`${made}\n`);
    expect(readdirSync(dirname(path))).toEqual(['installation']);
  });

  it('is another one in each place', () => {
    const ids = [1, 2].map(() => openInstallation(join(tempFolder(), 'installation')));
    expect(new Set(ids).size).toBe(2);
  });

  it('is refused, not replaced, where the file holds none', () => {
    const path = join(tempFolder(), 'installation');
    writeFileSync(path, '');
    expect(() => openInstallation(path)).toThrow('holds no id of an installation: remove the file');
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('is refused where the file cannot be read', () => {
    const path = join(tempFolder(), 'installation');
    mkdirSync(path);
    expect(() => openInstallation(path)).toThrow(`The id of the installation cannot be kept in ${path}:`);
  });
});
