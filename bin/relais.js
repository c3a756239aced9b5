#!/usr/bin/env node
// The command: starts the built program and ends with its exit code, once everything printed has gone out, whatever
// sockets are still open.
import { main } from '../dist/main.js';

const exitCode = await main(process.argv.slice(2));
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
