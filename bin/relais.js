#!/usr/bin/env node
// The command. All it does is start the built program and pass on its exit code: at once, whatever sockets are open.
import { main } from '../dist/main.js';

process.exit(await main(process.argv.slice(2)));
