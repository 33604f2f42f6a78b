/** Steps of orders that somebody waits for. */
export class Milestones {
  readonly #waiting = new Map<string, () => void>();

  reached(step: string, amazonOrderId: string): void {
    const key = `${step} ${amazonOrderId}`;
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
  }

  /** To be asked for before the step can have been reached. */
  next(step: string, amazonOrderId: string): Promise<void> {
    return new Promise((done) => this.#waiting.set(`${step} ${amazonOrderId}`, done));
  }
}
