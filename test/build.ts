import { execFileSync } from 'node:child_process';

/** Builds dist/ once before the tests, so that those which start bin/relais.js start the code that is here. */
export default function setup(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' });
}
