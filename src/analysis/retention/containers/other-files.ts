import type { TSESTree } from '@typescript-eslint/utils';

import type { Types } from '../../types/types.js';

/** Tells, by their text, whether other files of the program may take entries out of what this file gives them. */
export type OtherFiles = (outerName: string) => boolean;

/** The own files of the program that `types` belongs to, but for the one that `ast` is of. */
export function createOtherFiles(types: Types, ast: TSESTree.Program): OtherFiles {
  const self = types.tsNodeOf(ast)?.getSourceFile().fileName;
  return outerName => {
    const shrinks = shrinkOf(outerName);
    return types.program
      .getSourceFiles()
      .some(
        file =>
          !file.isDeclarationFile &&
          file.fileName !== self &&
          !file.fileName.includes('/node_modules/') &&
          file.text.includes(outerName) &&
          shrinks.test(file.text),
      );
  };
}

/** `name.delete(…)`, `name = …`, `evict(name)`: whatever a file does with the name beyond reading and adding. */
function shrinkOf(outerName: string): RegExp {
  const name = outerName.replaceAll(/[$[\]]/gu, String.raw`\$&`);
  const shrinking = String.raw`\.\s*(?:clear|delete|length\s*=|pop|shift|splice)\b`;
  return new RegExp(String.raw`(?<!\w)${name}(?!\w)[!?]?\s*(?:${shrinking}|=(?![=>])|[,)](?!\s*(?:=>|\{)))`, 'u');
}
