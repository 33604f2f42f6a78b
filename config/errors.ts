/**
 * The settings cannot be used as they are. Its message is for the terminal: one sentence a line, each with the
 * file and the setting, never with a secret.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
