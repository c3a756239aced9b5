#!/usr/bin/env node
// The command. All it does is start the built program and pass on its exit code.
import { main } from '../dist/cli/main.js';

process.exitCode = await main(process.argv.slice(2));
