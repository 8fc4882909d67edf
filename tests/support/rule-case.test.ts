import type { RuleFixer } from '@typescript-eslint/utils/ts-eslint';
import { describe, expect, it } from 'vitest';

import { dedent, parseFixture } from './fixture.js';
import { checkInvalid, checkValid, type InvalidCase } from './rule-case.js';
import { createToyRule } from './toy-rule.js';

const code = `
  export declare function open(path: string): number;
  // kept
  export const handle: number = open('a');
                                ~~~~~~~~~ [open {"argument": "'a'"}]
`;
const plainCode = parseFixture(dedent(code)).code;

/** One replacement in the text of a file. */
type Replacement = readonly [found: string, by: string];

/** A rule whose edit replaces the first `found` of the file. For calls with two arguments it has another message. */
function replacing([found, by]: Replacement, edit: 'fix' | 'suggestion') {
  return createToyRule((call, { sourceCode: { text } }) => {
    if (call.arguments.length === 2) return { messageId: 'twice' };
    const start = text.indexOf(found);
    const fix = (fixer: RuleFixer) => fixer.replaceTextRange([start, start + found.length], by);
    return edit === 'fix' ? { fix } : { suggest: [{ messageId: 'close', fix }] };
  });
}

/** The case that states that edit rightly. */
function statingReplacement([found, by]: Replacement, edit: 'fix' | 'suggestion'): InvalidCase {
  const output = plainCode.replace(found, by);
  const name = 'is opened';
  return edit === 'fix' ? { name, code, output } : { name, code, suggestions: [{ messageId: 'close', output }] };
}

const silentRule = createToyRule(
  () => ({}),
  () => false,
);
const reportingRule = createToyRule(() => ({}));
const typedRule = createToyRule(
  () => ({}),
  (_, { sourceCode }) => sourceCode.parserServices?.program != null,
);
const syntaxRule = createToyRule(
  () => ({}),
  (_, { sourceCode }) => sourceCode.parserServices?.program == null,
);
const plain: InvalidCase = { name: 'is opened', code, output: null };

describe('reports', () => {
  it('pass when all three runs give them', () => {
    checkInvalid(reportingRule, plain);
  });

  it('pass when only some of the data is stated', () => {
    checkInvalid(reportingRule, { ...plain, code: code.replace(/ \{.*\}/u, '') });
  });

  it('pass over several lines', () => {
    checkInvalid(reportingRule, {
      ...plain,
      code: `
        declare function open(path: string): number;
        const handle = open(
                       ~~~~~> [open]
          'a',
        );
        ~<
        export { handle };
      `,
    });
  });

  it.each([
    ['is missing', silentRule, plain, /with types: the reports differ/u],
    ['is elsewhere', reportingRule, { ...plain, code: code.replace('~', ' ') }, /the reports differ/u],
    ['has other data', reportingRule, { ...plain, code: code.replace(`"'a'"`, `"'b'"`) }, /the reports differ/u],
    ['has another id', reportingRule, { ...plain, code: code.replace('[open', '[twice') }, /the reports differ/u],
    ['has a placeholder that nothing fills', createToyRule(() => ({ data: {} })), plain, /Nothing fills "argument"/u],
  ])('fail when one %s', (_, rule, testCase, failure) => {
    expect(() => {
      checkInvalid(rule, testCase);
    }).toThrow(failure);
  });

  it('fail when a valid case has one', () => {
    expect(() => {
      checkValid(reportingRule, { name: 'is opened', code: `open('a');` });
    }).toThrow(/the reports differ/u);
  });
});

describe('the three runs', () => {
  it('fail when only the one with types reports', () => {
    expect(() => {
      checkInvalid(typedRule, plain);
    }).toThrow(/TypeScript without types: the reports differ/u);
  });

  it('pass then if the case says `onlyTyped`', () => {
    checkInvalid(typedRule, { ...plain, onlyTyped: 'the type decides' });
  });

  it('fail when a case says `onlyTyped` without need', () => {
    expect(() => {
      checkInvalid(reportingRule, { ...plain, onlyTyped: 'the type decides' });
    }).toThrow(/TypeScript without types: the reports differ/u);
  });

  it('fail when only the ones without types report, unless the case says `onlySyntax`', () => {
    expect(() => {
      checkInvalid(syntaxRule, plain);
    }).toThrow(/with types: the reports differ/u);
    checkInvalid(syntaxRule, { ...plain, onlySyntax: 'the type excuses it' });
  });

  it('fail when only JavaScript differs', () => {
    const rule = createToyRule(
      () => ({}),
      (_, { filename }) => filename.endsWith('.ts'),
    );
    expect(() => {
      checkInvalid(rule, plain);
    }).toThrow(/JavaScript: the reports differ/u);
  });

  it('read JSX', () => {
    checkInvalid(reportingRule, {
      name: 'is opened in JSX',
      filename: 'case.tsx',
      code: `
        declare function open<T>(path: T): number;
        export const element = <p title="a">{open<string>('a')}</p>;
                                             ~~~~~~~~~~~~~~~~~ [open]
      `,
      output: null,
    });
  });

  it('read plain JavaScript', () => {
    checkInvalid(reportingRule, {
      name: 'is opened in a script',
      filename: 'case.cjs',
      code: `
        const { open } = require('node:fs');
        open('a');
        ~~~~~~~~~ [open]
      `,
      output: null,
    });
  });

  it('skip JavaScript where none remains, if the case says so', () => {
    const enumeration: InvalidCase = { ...plain, code: `${code}  export enum Mode { Read }\n` };
    expect(() => {
      checkInvalid(reportingRule, enumeration);
    }).toThrow(/JavaScript: the case does not parse/u);
    checkInvalid(reportingRule, { ...enumeration, typescriptOnly: 'an enum' });
    expect(() => {
      checkInvalid(reportingRule, { ...plain, typescriptOnly: 'an enum' });
    }).toThrow(/JavaScript remains/u);
  });

  it('see the other files with types', () => {
    const rule = createToyRule(
      () => ({}),
      (call, { sourceCode: { parserServices } }) =>
        parserServices?.program != null &&
        parserServices.esTreeNodeToTSNodeMap !== undefined &&
        parserServices.getTypeAtLocation !== undefined &&
        parserServices.program.getTypeChecker().typeToString(parserServices.getTypeAtLocation(call)) === 'Handle',
    );
    checkInvalid(rule, {
      name: 'is opened by another file',
      code: `
        import { open } from './files.js';
        open('a');
        ~~~~~~~~~ [open]
      `,
      files: {
        'files.ts': `import type { Handle } from 'toy'; export declare function open(path: string): Handle;`,
        'node_modules/toy/index.d.ts': `export interface Handle { close(): void }`,
      },
      onlyTyped: 'the other file is seen through types',
      output: null,
    });
  });
});

describe('edits', () => {
  const sound = ["open('a')", '0'] as const;

  it.each(['fix', 'suggestion'] as const)('pass when a %s is sound', edit => {
    checkInvalid(replacing(sound, edit), statingReplacement(sound, edit));
  });

  describe.each(['fix', 'suggestion'] as const)('fail when a %s', edit => {
    it.each<[what: string, replacement: Replacement, failure: RegExp]>([
      ['does not parse', ["open('a')", '('], /with types: .* does not parse/u],
      [
        'drops a comment',
        ["// kept\nexport const handle: number = open('a')", 'export const handle: number = 0'],
        /drops the comment "kept"/u,
      ],
      ['adds a comment', ["open('a')", '/* new */ 0'], /adds the comment "new"/u],
      ['makes a new report', ["open('a')", "open('a', 'b')"], /makes a new report arise: thread-hygiene\/toy twice/u],
      ['does not type-check', ["open('a')", 'true'], /does not type-check: TS2322/u],
      ['makes recommended rules report', ["open('a')", '(() => { debugger; return 0; })()'], /no-debugger/u],
      ['makes strict rules report', ["open('a')", '0!'], /no-non-null-assertion/u],
    ])('%s', (_, replacement, failure) => {
      expect(() => {
        checkInvalid(replacing(replacement, edit), statingReplacement(replacement, edit));
      }).toThrow(failure);
    });

    it('is not the one stated', () => {
      expect(() => {
        checkInvalid(replacing(sound, edit), statingReplacement(["open('a')", '1'], edit));
      }).toThrow(/with types: the edits differ/u);
    });

    it('is not stated', () => {
      expect(() => {
        checkInvalid(replacing(sound, edit), plain);
      }).toThrow(/with types: the edits differ/u);
    });

    it('is stated, and there is none', () => {
      expect(() => {
        checkInvalid(reportingRule, statingReplacement(sound, edit));
      }).toThrow(/with types: the edits differ/u);
    });
  });

  it('fail when a suggestion leaves its report', () => {
    const replacement = ["open('a')", "open('b')"] as const;
    expect(() => {
      checkInvalid(replacing(replacement, 'suggestion'), statingReplacement(replacement, 'suggestion'));
    }).toThrow(/leaves the report thread-hygiene\/toy open/u);
  });

  it('fail when a fix leaves its report', () => {
    const once = createToyRule((call, { sourceCode }) =>
      sourceCode.getText(call) === "open('a')" ? { fix: fixer => fixer.replaceText(call, "open('b')") } : {},
    );
    expect(() => {
      checkInvalid(once, statingReplacement(["open('a')", "open('b')"], 'fix'));
    }).toThrow(/leaves the report thread-hygiene\/toy open/u);
  });

  it('fail when a fix never comes to an end', () => {
    const endless = createToyRule(call => ({ fix: fixer => fixer.insertTextAfter(call, ' + 0') }));
    expect(() => {
      checkInvalid(endless, { ...plain, output: '' });
    }).toThrow(/never comes to an end/u);
  });

  it('pass when a fix needs several passes', () => {
    const rule = createToyRule((call, { sourceCode: { text } }) => ({
      fix: fixer => [fixer.replaceText(call, '0'), fixer.insertTextBeforeRange([text.length, text.length], '')],
    }));
    checkInvalid(rule, {
      name: 'is opened twice',
      code: `
        export declare function open(path: string): number;
        export const first: number = open('a');
                                     ~~~~~~~~~ [open]
        export const second: number = open('b');
                                      ~~~~~~~~~ [open]
      `,
      output: `
        export declare function open(path: string): number;
        export const first: number = 0;
        export const second: number = 0;
      `,
    });
  });

  it('fail when only the run with types offers one, unless the case says `editsNeedTypes`', () => {
    const rule = createToyRule((call, { sourceCode }) =>
      sourceCode.parserServices?.program == null ? {} : { fix: fixer => fixer.replaceText(call, '0') },
    );
    const testCase = statingReplacement(sound, 'fix');
    expect(() => {
      checkInvalid(rule, testCase);
    }).toThrow(/TypeScript without types: the edits differ/u);
    const excused: InvalidCase = { ...testCase, editsNeedTypes: 'the type decides what replaces it' };
    checkInvalid(rule, excused);
    expect(() => {
      checkInvalid(replacing(sound, 'fix'), excused);
    }).toThrow(/all of them are there without types/u);
  });
});

describe('a case', () => {
  it.each<[what: string, testCase: InvalidCase, failure: RegExp]>([
    ['states no edit at all', { name: 'is opened', code }, /State `output` or `suggestions`/u],
    ['marks no report', { ...plain, code: plainCode }, /marks at least one report/u],
    ['does not parse', { ...plain, code: `${code}  (` }, /with types: the case does not parse/u],
    [
      'imports what does not exist',
      { ...plain, code: `${code}  import { nobody } from 'node:fs';\n` },
      /does not resolve: TS2305/u,
    ],
  ])('fails when it %s', (_, testCase, failure) => {
    expect(() => {
      checkInvalid(reportingRule, testCase);
    }).toThrow(failure);
  });

  it('may import what is not there if it says why', () => {
    checkInvalid(reportingRule, {
      ...plain,
      code: `${code}  import { nobody } from 'node:fs';\n`,
      unresolvedImports: 'not installed',
    });
    expect(() => {
      checkInvalid(reportingRule, { ...plain, unresolvedImports: 'not installed' });
    }).toThrow(/all of them resolve/u);
  });
});
