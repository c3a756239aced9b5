#!/usr/bin/env node
// The command: starts the built program and ends with its exit code, once everything printed has gone out, whatever
// sockets are still open.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Relais needs Node.js 20.19 or newer, and this is ${process.version}. Get a newer one from https://nodejs.org/`,
  );
  process.exit(3);
}
const { main } = await import('../dist/main.js');

const exitCode = await main(process.argv.slice(2));
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
