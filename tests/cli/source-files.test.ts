import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { findSourceFiles } from '../../src/cli/source-files.js';
import { createTestProject, type TestProject } from './support/test-project.js';

async function filesIn(project: TestProject, ...starts: string[]): Promise<string[]> {
  const found = await findSourceFiles(starts.map(start => path.join(project.folder, start)));
  return found.map(file => path.relative(project.folder, file));
}

describe('the source files', () => {
  it('are those with an extension of JavaScript or TypeScript, outside node_modules', async () => {
    using project = createTestProject({
      'a.js': '',
      'b.cts': '',
      'c.tsx': '',
      'd.json': '',
      'node_modules/e/e.js': '',
      'f/g.mjs': '',
    });

    expect(await filesIn(project, '.')).toEqual(['a.js', 'b.cts', 'c.tsx', 'f/g.mjs']);
  });

  it('are named once, however often they are asked for', async () => {
    using project = createTestProject({ 'a/b.js': '' });

    expect(await filesIn(project, 'a', '.', 'a/b.js')).toEqual(['a/b.js']);
  });

  it('obey the .gitignore files inside and above, the innermost first', async () => {
    using project = createTestProject({
      '.git/HEAD': '',
      '.gitignore': '*.gen.js\n/build/\n',
      'a.gen.js': '',
      'build/a.js': '',
      'lib/build/a.js': '',
      'lib/.gitignore': '!kept.gen.js\n',
      'lib/kept.gen.js': '',
      'lib/other.gen.js': '',
    });

    expect(await filesIn(project, '.')).toEqual(['lib/build/a.js', 'lib/kept.gen.js']);
    expect(await filesIn(project, 'lib')).toEqual(['lib/build/a.js', 'lib/kept.gen.js']);
  });

  it('include an ignored file that is named itself', async () => {
    using project = createTestProject({ '.gitignore': '*.js', 'a.js': '' });

    expect(await filesIn(project, 'a.js')).toEqual(['a.js']);
  });

  it('must exist', async () => {
    using project = createTestProject({});

    await expect(filesIn(project, 'missing')).rejects.toThrow('missing');
  });
});
