/** The yardstick: a bare node:http client that makes the same conditional requests and does nothing with the answers. */
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [, , file, parallel] = process.argv;
const asks = JSON.parse(readFileSync(file, 'utf8'));
const started = performance.now();
const ask = (one) =>
  new Promise((resolve) => {
    const headers = one.etag === null ? {} : { 'if-none-match': one.etag };
    http
      .get(one.url, { headers, agent: false }, (response) => {
        response.on('data', () => undefined);
        response.on('end', resolve);
      })
      .on('error', () => resolve());
  });
const queue = [...asks];
await Promise.all(
  Array.from({ length: Number(parallel) }, async () => {
    for (let one = queue.pop(); one !== undefined; one = queue.pop()) await ask(one);
  }),
);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.send?.({
  exitCode: 0,
  wallMs: performance.now() - started,
  cpuMs: (userCPUTime + systemCPUTime) / 1_000,
  peakMb: maxRSS / 1_024,
});
process.disconnect?.();
