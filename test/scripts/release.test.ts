import { cacheFolder, isAtLeast, pinnedRelease } from '../../scripts/temporal/release';

describe('the pinned Temporal release', () => {
  it('is read from a go.mod with one require or a block of them', () => {
    const block = 'go 1.26.4\nrequire (\n\tgithub.com/temporalio/cli v1.8.2\n)\n';
    const single = 'go 1.26.4\nrequire github.com/temporalio/cli v1.8.2\n';
    expect([block, single].map((goMod) => pinnedRelease(goMod))).toEqual([
      { version: '1.8.2', go: '1.26.4' },
      { version: '1.8.2', go: '1.26.4' },
    ]);
  });

  it('is found in the go.mod of this project', () => {
    expect(pinnedRelease().version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each([
    ['1.8.2', '1.4.1', true],
    ['1.4.1', '1.4.1', true],
    ['1.26', '1.26.4', false],
    ['1.3.9', '1.4.1', false],
    ['2.0', '1.26.4', true],
    ['1.10.0', '1.9.9', true],
  ])('says whether %s is at least %s: %s', (have, least, answer) => {
    expect(isAtLeast(have, least)).toBe(answer);
  });

  it('is kept in the user cache folder', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/amazon-sales-channel');
    expect(cacheFolder({ XDG_CACHE_HOME: '' })).toMatch(/\.cache\/amazon-sales-channel$/);
  });
});
