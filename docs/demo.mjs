/**
 * Audits the example program, or the projects that are named: `npm run demo [paths]`. Findings are what it is there to
 * show, so they are no failure.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const audit = path.join(repository, 'dist/src/cli/main.js');
// npm changes to the repository; paths are meant from where the user is.
const named = process.argv.slice(2).map(each => path.resolve(process.env.INIT_CWD ?? '.', each));
const paths = named.length > 0 ? named : ['docs/examples'];

const { status } = spawnSync(process.execPath, [audit, ...paths], { cwd: repository, stdio: 'inherit' });
const couldRun = status === 0 || status === 1;
if (couldRun && named.length === 0) process.stdout.write(nextSteps());
process.exitCode = couldRun ? 0 : 2;

function nextSteps() {
  return `
These are defects of docs/examples, a small image service; its README.md lists them. Next:

  node dist/src/cli/main.js explain docs/examples/src/original-store.ts:51
                                  why one of them is reported
  npm run demo -- ../your-project the same for a project of your own
  README.md                       how to use it in ESLint
`;
}
