import { type AddressInfo, createServer } from 'node:net';
import { SetUpError } from '../set-up-error';

/** A port on loopback that is free now. */
export function freePort(): Promise<number> {
  return holdPort(0);
}

/** Throws a `SetUpError` that names the port if somebody listens on it; `use` says what it is for. */
export async function requireFreePort(port: number, use: string): Promise<void> {
  try {
    await holdPort(port);
  } catch {
    throw new SetUpError(
      `Port ${port}, needed for ${use}, is in use: end the program that listens there or choose another port.`,
    );
  }
}

function holdPort(port: number): Promise<number> {
  const server = createServer();
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => done(taken));
    });
  });
}
