import { describe, expect, it } from 'vitest';

import { checkInvalid } from './rule-case.js';
import { createToyRule } from './toy-rule.js';
import { inRule, parserSetups, toyFiles } from './toy.js';

describe.each(parserSetups)('inRule under $name', setup => {
  it('reads the file with its types if there are any', () => {
    const code = `import { open } from 'toy';\nexport const handle = open();\n`;
    const { text, program } = inRule(
      code,
      ({ sourceCode }) => ({ text: sourceCode.text, program: sourceCode.parserServices?.program ?? null }),
      setup,
    );
    expect(text).toBe(code);
    expect(program !== null).toBe(setup.parser === 'with types');
  });

  it('knows the globals that are configured or, with types, in the compiler options, and no other', () => {
    const isConfigured = inRule(
      'new Worker(url);',
      ({ sourceCode }) =>
        sourceCode.scopeManager?.globalScope?.through.every(({ identifier }) => identifier.name !== 'Worker'),
      setup,
    );
    expect(isConfigured).toBe('globals' in setup || setup.parser === 'with types');
  });

  it('passes on what the reader throws', () => {
    const read = (): never => {
      throw new RangeError('broken');
    };
    expect(() => inRule('a;', read, setup)).toThrow(RangeError);
  });

  it('rejects a text that does not parse', () => {
    expect(() => inRule('(', () => 1, setup)).toThrow(SyntaxError);
  });
});

it('gives the toys declarations that resolve', () => {
  checkInvalid(
    createToyRule(() => ({})),
    {
      name: 'is opened',
      code: `
        import { Gate, Lock, acquire, borrow, free, open, reserve } from 'toy';
        open();
        ~~~~~~ [open]
        export { Gate, Lock, acquire, borrow, free, reserve };
      `,
      files: toyFiles,
      output: null,
    },
  );
});
