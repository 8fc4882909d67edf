/**
 * Audits the example program, or the projects that are named: `npm run demo [paths]`. Findings are what it is there to
 * show, so they are no failure.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const audit = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const example = fileURLToPath(new URL('examples', import.meta.url));
const paths = process.argv.slice(2);

const { status } = spawnSync(process.execPath, [audit, ...(paths.length > 0 ? paths : [example])], { stdio: 'inherit' });
const foundSomething = status === 1;
process.exitCode = foundSomething ? 0 : (status ?? 2);
