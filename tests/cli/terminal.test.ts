import { describe, expect, it, vi } from 'vitest';

import { run } from '../../src/cli/run.js';
import { createTestProject, leakyModule, RecordedOutput } from './support/test-project.js';

function terminal(hasColors = true): RecordedOutput {
  const output = new RecordedOutput();
  output.isTTY = true;
  vi.spyOn(output, 'hasColors').mockReturnValue(hasColors);
  return output;
}

describe('a terminal', () => {
  it('shows progress, and clears it before the findings', async () => {
    using project = createTestProject({ 'one.js': leakyModule, 'two.js': leakyModule });
    const [stdout, stderr] = [new RecordedOutput(), terminal()];

    await run([], { cwd: project.folder, stdout, stderr });

    expect(stderr.text).toContain('\r1 of 2 files');
    expect(stderr.text).toContain('\r2 of 2 files');
    expect(stderr.text).toMatch(/\r\u{232B}$/u);
    expect(stdout.text).not.toContain(' of 2 files');
  });

  it('gets colours if it has them', async () => {
    using project = createTestProject({ 'one.js': leakyModule });
    const [plain, colourful] = [terminal(false), terminal()];

    await run([], { cwd: project.folder, stdout: plain, stderr: new RecordedOutput() });
    await run([], { cwd: project.folder, stdout: colourful, stderr: new RecordedOutput() });

    expect(plain.text).not.toContain('\u{1B}[');
    expect(colourful.text).toContain('\u{1B}[31m1 finding');
  });
});
