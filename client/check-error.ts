/** Does not work; the message says what to do. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
}

/** Adds what to do to an error of this class. */
export const advise =
  (kind: new (...args: never[]) => Error, advice: string) =>
  (error: unknown): never => {
    throw error instanceof kind ? new CheckError(`${error.message}. ${advice}`) : error;
  };

/** As the names of the secrets have it. */
export const variablePart = (name: string) => name.toUpperCase().replaceAll('-', '_');
