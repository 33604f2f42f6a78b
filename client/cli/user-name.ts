import { userInfo } from 'node:os';

/** Who asks, where nobody says. Some containers run under a user that has no name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}
