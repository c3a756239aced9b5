/** Runs one command of the built program in this process and says what it cost: the child of bench.ts. */
const { main } = (await import(new URL('../dist/cli/main.js', import.meta.url).href)) as {
  main: (argv: string[]) => Promise<number>;
};
const started = performance.now();
const exitCode = await main(process.argv.slice(2));
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.send?.({
  exitCode,
  wallMs: performance.now() - started,
  cpuMs: (userCPUTime + systemCPUTime) / 1_000,
  peakMb: maxRSS / 1_024,
});
process.disconnect?.();
