import { createRequire } from 'node:module';
import type { ParserOptions } from '@typescript-eslint/parser';
import type { TSESLint } from '@typescript-eslint/utils';
import type ts from 'typescript';

import { messageOf } from './errors.js';
import type { TsconfigProblem } from './facts.js';
import type { ParserFiles } from './request.js';
import { hasShape } from './shape.js';
import { type Coverage, TsconfigCoverage } from './tsconfig-coverage.js';

export const typescriptFile = /\.[cm]?tsx?$/;

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
      if (!types || files.typescript === undefined) return parseUntyped(text, options);
      const { covered, problem } = coverageOf(files.typescript, options.filePath);
      const typed = covered ? parseTyped(text, options) : undefined;
      return mark(typed ?? parseUntyped(text, options), {
        typed: typed !== undefined,
        ...(problem && { tsconfigProblem: problem }),
      });
    },
  };

  function coverageOf(parserFile: string, file: string): Coverage {
    coverage ??= new TsconfigCoverage(loadAs<typeof ts>(createRequire(parserFile).resolve('typescript'), 'sys'));
    return coverage.of(file);
  }

  /** The project service chooses a file's project by rules of its own, so it may know less than the tsconfigs say. */
  function parseTyped(text: string, options: FileOptions): ParseResult | undefined {
    try {
      return typescriptParser().parseForESLint(text, {
        ...options,
        projectService: true,
        tsconfigRootDir: root,
        // Where CI is set the parser would compile whole projects instead, and refuse those whose tsconfig has an error.
        disallowAutomaticSingleRunInference: true,
      });
    } catch (error) {
      if (messageOf(error).includes('was not found by the project service')) return undefined;
      throw error;
    }
  }

  function parseUntyped(text: string, options: FileOptions): ParseResult {
    const isTypeScript = typescriptFile.test(options.filePath);
    return isTypeScript ? typescriptParser().parseForESLint(text, options) : parseJavaScript(text, options);
  }

  function typescriptParser(): ParserModule {
    if (files.typescript === undefined) throw new Error('TypeScript files need @typescript-eslint/parser.');
    return loadAs<ParserModule>(files.typescript, 'parseForESLint');
  }

  /** Most files are modules; old scripts may use what modules forbid. */
  function parseJavaScript(text: string, options: FileOptions): ParseResult {
    const espree = loadAs<Espree>(files.espree, 'parse');
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

const load = createRequire(import.meta.url);

function loadAs<Module extends object>(file: string, key: keyof Module): Module {
  const module: unknown = load(file);
  if (hasShape<Module>(module, key)) return module;
  throw new Error(`${file} has no \`${String(key)}\`.`);
}
