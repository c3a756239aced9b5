/** A headless Chromium for tests, where one is installed; where none is, the tests that want one say so aloud. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
export const hasBrowser = executablePath !== undefined;
if (!hasBrowser) console.warn('No Chromium is installed here: nothing is tried in a browser.');

/** Close it when the tests end. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // whatever a page asks for, nothing leaves this machine
    ],
  });
}
