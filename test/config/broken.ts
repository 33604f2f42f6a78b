/** A settings file that cannot be used, and the sentences that it is refused with. */
export interface BrokenSettings {
  readonly what: string;
  /** Text as it stands, anything else as YAML. */
  readonly content: unknown;
  /** Beside the secrets of {@link settings}. */
  readonly env?: NodeJS.ProcessEnv;
  readonly sentences: readonly string[];
}

export const broken = (what: string, content: unknown, ...sentences: string[]): BrokenSettings => ({
  what,
  content,
  sentences,
});
