import type { Reporter, TestModule } from 'vitest/node';

import { excuses } from './excuses.js';

/** Prints at the end of a run how many rule cases say `onlyTyped` and the like, so that the numbers stay in sight. */
export default class ExcusesReporter implements Reporter {
  onTestRunEnd(testModules: readonly TestModule[]): void {
    const cases = testModules
      .flatMap(testModule => [...testModule.children.allTests()])
      .map(test => test.meta().excuses)
      .filter(stated => stated !== undefined);
    if (cases.length === 0) return;
    const counts = excuses.map(excuse => `${excuse} ${cases.filter(stated => stated.includes(excuse)).length}`);
    console.log(` Rule cases  ${cases.length} (${counts.join(', ')})`);
  }
}
