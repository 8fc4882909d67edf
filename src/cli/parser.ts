import { createRequire } from 'node:module';
import type { ParserOptions } from '@typescript-eslint/parser';
import type { TSESLint } from '@typescript-eslint/utils';

import type { TsconfigProblem } from './facts.js';
import type { ParserFiles } from './request.js';
import { messageOf } from './errors.js';
import { type Coverage, TsconfigCoverage } from './tsconfig-coverage.js';

export const typescriptFile = /\.[cm]?tsx?$/;

const load = createRequire(import.meta.url);

type FileOptions = ParserOptions & { filePath: string };

/** What a parser gives to ESLint. `typescript-eslint`'s own type of it asks for its services, which espree has not. */
interface ParseResult {
  ast: unknown;
  services?: object;
  scopeManager?: unknown;
  visitorKeys?: unknown;
}

interface ParserModule {
  parseForESLint(text: string, options: FileOptions): ParseResult;
}

interface Espree {
  parse(text: string, options: unknown): unknown;
}

interface Typing {
  typed: boolean;
  tsconfigProblem?: TsconfigProblem;
}

/** How a file was parsed, by the services that its parse gave out. */
const typings = new WeakMap<object, Typing>();

/** Whether the file of `sourceCode` has types and, if it was parsed by the audit's parser, why not. */
export function typingOf(sourceCode: Readonly<TSESLint.SourceCode>): Typing {
  const services = sourceCode.parserServices ?? {};
  return typings.get(services) ?? { typed: 'program' in services && services.program != null };
}

/**
 * The parser of the built-in configuration. Files that a tsconfig covers are parsed with types, other TypeScript files
 * without, and other JavaScript files by ESLint's own parser, so that `typescript` is loaded only where it is needed.
 *
 * @param root the directory that the project service starts from.
 * @param types whether to parse with types at all.
 */
export function createParser(files: ParserFiles, root: string, types: boolean) {
  let coverage: TsconfigCoverage | undefined;

  return {
    meta: { name: 'eslint-plugin-thread-hygiene/parser' },

    parseForESLint(text: string, options: FileOptions): ParseResult {
      const parseUntyped = () =>
        typescriptFile.test(options.filePath) ? typescriptParser().parseForESLint(text, options) : parseJavaScript(text, options);

      if (!types || files.typescript === undefined) return parseUntyped();
      const { covered, problem } = coverageOf(files.typescript, options.filePath);
      const typed = covered ? parseTyped(text, options) : undefined;
      return mark(typed ?? parseUntyped(), { typed: typed !== undefined, ...(problem && { tsconfigProblem: problem }) });
    },
  };

  function coverageOf(parserFile: string, file: string): Coverage {
    coverage ??= new TsconfigCoverage(createRequire(parserFile)('typescript'));
    return coverage.of(file);
  }

  /** The project service chooses a file's project by rules of its own, so it may know less than the tsconfigs say. */
  function parseTyped(text: string, options: FileOptions): ParseResult | undefined {
    try {
      return typescriptParser().parseForESLint(text, { ...options, projectService: true, tsconfigRootDir: root });
    } catch (error) {
      if (messageOf(error).includes('was not found by the project service')) return undefined;
      throw error;
    }
  }

  function typescriptParser(): ParserModule {
    if (files.typescript === undefined) throw new Error('TypeScript files need @typescript-eslint/parser.');
    return load(files.typescript);
  }

  /** Most files are modules; old scripts may use what modules forbid. */
  function parseJavaScript(text: string, options: FileOptions): ParseResult {
    const espree: Espree = load(files.espree);
    const parserOptions = { ...options, ecmaFeatures: { jsx: true, ...options.ecmaFeatures } };
    try {
      return { ast: espree.parse(text, parserOptions), services: {} };
    } catch (error) {
      if (options.sourceType !== 'module') throw error;
      try {
        return { ast: espree.parse(text, { ...parserOptions, sourceType: 'commonjs' }), services: {} };
      } catch {
        throw error;
      }
    }
  }
}

function mark(result: ParseResult, typing: Typing): ParseResult {
  const services = result.services ?? {};
  typings.set(services, typing);
  return { ...result, services };
}
