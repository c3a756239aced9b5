/** Who sits at this machine, for the log of what was done. */
import { userInfo } from 'node:os';

export function personHere(): string {
  try {
    return userInfo().username;
  } catch {
    return 'maintainer'; // a container's user may have no name
  }
}
