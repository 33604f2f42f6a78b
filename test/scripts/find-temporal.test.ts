import { findTemporal, type TemporalProbes } from '../../scripts/temporal/find';

const release = { version: '1.8.2', go: '1.26.4' };

/** Probes that find nothing but what a test gives, and write down in which order they were asked. */
function probesFinding(found: Partial<TemporalProbes>) {
  const asked: string[] = [];
  const probes: TemporalProbes = {
    address: () => undefined,
    onPath: async () => undefined,
    cached: async () => undefined,
    download: async () => undefined,
    build: async () => '/cache/built',
    ...found,
  };
  const told =
    <Arguments extends unknown[], Answer>(name: string, probe: (...given: Arguments) => Answer) =>
    (...given: Arguments) => {
      asked.push(name);
      return probe(...given);
    };
  const toldProbes: TemporalProbes = {
    address: told('address', probes.address),
    onPath: told('path', probes.onPath),
    cached: told('cache', probes.cached),
    download: told('download', probes.download),
    build: told('build', probes.build),
  };
  return { probes: toldProbes, asked };
}

describe('the search for a Temporal server', () => {
  it('joins the server that TEMPORAL_ADDRESS names and looks no further', async () => {
    const { probes, asked } = probesFinding({ address: () => 'temporal.example:7233' });
    expect(await findTemporal(probes, release)).toEqual({
      kind: 'address',
      address: 'temporal.example:7233',
    });
    expect(asked).toEqual(['address']);
  });

  it('takes the CLI on PATH when it is new enough', async () => {
    const { probes, asked } = probesFinding({
      onPath: async () => ({ path: '/bin/temporal', version: '1.4.1' }),
    });
    const source = await findTemporal(probes, release);
    expect(source).toEqual({ kind: 'binary', origin: 'path', path: '/bin/temporal', version: '1.4.1' });
    expect(asked).toEqual(['address', 'path']);
  });

  it('passes over a CLI on PATH that is too old, and takes the cached one', async () => {
    const { probes, asked } = probesFinding({
      onPath: async () => ({ path: '/bin/temporal', version: '1.4.0' }),
      cached: async (version) => `/cache/temporal-${version}`,
    });
    const source = await findTemporal(probes, release);
    expect(source).toEqual({
      kind: 'binary',
      origin: 'cache',
      path: '/cache/temporal-1.8.2',
      version: '1.8.2',
    });
    expect(asked).toEqual(['address', 'path', 'cache']);
  });

  it('tries the download before it builds', async () => {
    const { probes, asked } = probesFinding({ download: async () => '/cache/downloaded' });
    expect(await findTemporal(probes, release)).toMatchObject({
      origin: 'download',
      path: '/cache/downloaded',
    });
    expect(asked).toEqual(['address', 'path', 'cache', 'download']);
  });

  it('builds last', async () => {
    const { probes, asked } = probesFinding({});
    expect(await findTemporal(probes, release)).toMatchObject({ origin: 'build', path: '/cache/built' });
    expect(asked).toEqual(['address', 'path', 'cache', 'download', 'build']);
  });
});
