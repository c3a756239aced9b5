// Loaded into the program before it starts: kills it with SIGKILL just before its n-th change to the disk of one kind, so
// that rounds also hit the few milliseconds in which files are put in place. RELAIS_DIE_AT is, for example, `rename 5`.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [name, count] = (process.env.RELAIS_DIE_AT ?? '').split(' ');
let left = Number(count);
const mortal =
  (real) =>
  (...given) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return real(...given);
  };
promises[name] = mortal(promises[name]);
fs[`${name}Sync`] = mortal(fs[`${name}Sync`]);
syncBuiltinESMExports();
