import type { TSESTree } from '@typescript-eslint/utils';
import { Linter, type RuleContext } from '@typescript-eslint/utils/ts-eslint';
import { describe, expect, it, vi } from 'vitest';

import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { analyseFile, type FileAnalysis } from '../../src/file-analysis.js';

const code = `import { Mutex } from 'async-mutex';
const mutex = new Mutex();
export async function mined(text) {
  const release = await mutex.acquire();
  let count = 1;
  count += JSON.parse(text);
  release();
}
export async function other(text) {
  const release = await mutex.acquire();
  JSON.parse(text);
  release();
}
`;

interface Mine {
  /** The one node that it lies in. */
  selector: string;
  /** The property of the node that nobody can read any more. */
  property: string;
  /** Whether it is laid only after the analysis, before the edits. */
  late?: boolean;
}

const inAnalysis: Mine = { selector: 'AssignmentExpression', property: 'operator' };
const inEdits: Mine = { selector: "VariableDeclaration[kind='let']", property: 'kind', late: true };

/** Lints the code with a mine in its tree. */
function lint({ selector, property, late }: Mine) {
  let analysis: FileAnalysis | undefined;
  const minelayer = {
    create(context: Readonly<RuleContext<string, readonly unknown[]>>) {
      const current = analyseFile(context);
      analysis = current;
      const targets: TSESTree.Node[] = [];
      return {
        [selector](node: TSESTree.Node) {
          targets.push(node);
        },
        'Program:exit'() {
          if (late) current.outcomes(['lock']);
          const get = () => {
            throw new Error('The mine went off.');
          };
          for (const target of targets) Object.defineProperty(target, property, { get });
        },
      };
    },
  };
  const messages = new Linter().verify(code, {
    plugins: { test: { rules: { minelayer, lock: noUnreleasedLock } } },
    rules: { 'test/minelayer': 'error', 'test/lock': 'error' },
  });
  return {
    findings: messages.map(({ line, fix }) => ({ line, isFixed: fix !== undefined })),
    failures: analysis?.failures.map(({ node, error }) => `${String(node.loc.start.line)} ${String(error)}`),
  };
}

describe('a failure of ours', () => {
  it('inside one function leaves the others analysed', () => {
    vi.stubEnv('THREAD_HYGIENE_STRICT', '0');

    expect(lint(inAnalysis)).toEqual({
      findings: [{ line: 10, isFixed: true }],
      failures: ['3 Error: The mine went off.'],
    });
  });

  it('in the edits of a finding leaves it without any', () => {
    vi.stubEnv('THREAD_HYGIENE_STRICT', '0');

    expect(lint(inEdits)).toEqual({
      findings: [
        { line: 4, isFixed: false },
        { line: 10, isFixed: true },
      ],
      failures: ['4 Error: The mine went off.'],
    });
  });

  it('in what all functions need leaves the file without findings', () => {
    vi.stubEnv('THREAD_HYGIENE_STRICT', '0');

    expect(lint({ selector: 'AssignmentExpression', property: 'type' })).toEqual({
      findings: [],
      failures: ['1 Error: The mine went off.'],
    });
  });

  it('is thrown in a strict run', () => {
    expect(() => lint(inAnalysis)).toThrow('The mine went off.');
    expect(() => lint(inEdits)).toThrow('The mine went off.');
  });
});
