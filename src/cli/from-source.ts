/** `npm run dev -- COMMAND`: the command from source, without a build. */
import { main } from './main.ts';

process.exitCode = await main(process.argv.slice(2));
