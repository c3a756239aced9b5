/** Copies the first database named on its command line into the second, and is killed after so many batches. */
import { copied } from './archives.ts';

const [from = '', to = '', batches = '1'] = process.argv.slice(2);
let left = Number(batches);
await copied(from, to, {
  onProgress() {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
