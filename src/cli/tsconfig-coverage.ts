import { existsSync } from 'node:fs';
import path from 'node:path';

import type ts from 'typescript';

import type { TsconfigProblem } from './facts.js';

export interface Coverage {
  /** Whether a tsconfig covers the file. */
  covered: boolean;
  /** What is wrong with the nearest tsconfig. One that is not JSON covers nothing, one with other errors still does. */
  problem?: TsconfigProblem;
}

interface Project {
  files: ReadonlySet<string>;
  references: readonly string[];
  problem?: TsconfigProblem;
}

/** "The files list is empty" and "No inputs were found": the tsconfig is sound, it just covers nothing. */
const coversNothing = new Set([18002, 18003]);

/**
 * Answers which files the tsconfigs of a project cover, in the way TypeScript's project service looks for them: the
 * nearest tsconfig.json or jsconfig.json above the file, what it references, then those further up.
 */
export class TsconfigCoverage {
  readonly #typescript: typeof ts;
  readonly #projects = new Map<string, Project>();

  /** @param typescript the copy that the parser uses. */
  constructor(typescript: typeof ts) {
    this.#typescript = typescript;
  }

  of(file: string): Coverage {
    let problem: TsconfigProblem | undefined;
    for (const directory of directoriesAbove(file)) {
      const config = ['tsconfig.json', 'jsconfig.json'].map(name => path.join(directory, name)).find(existsSync);
      if (config === undefined) continue;
      problem ??= this.#project(config).problem;
      if (this.#covers(config, this.#normalise(file), new Set())) return { covered: true, ...(problem && { problem }) };
    }
    return { covered: false, ...(problem && { problem }) };
  }

  #covers(config: string, file: string, seen: Set<string>): boolean {
    if (seen.has(config)) return false;
    seen.add(config);
    const { files, references } = this.#project(config);
    return files.has(file) || references.some(reference => this.#covers(reference, file, seen));
  }

  #project(config: string): Project {
    let project = this.#projects.get(config);
    if (project === undefined) {
      project = this.#read(config);
      this.#projects.set(config, project);
    }
    return project;
  }

  #read(config: string): Project {
    const typescript = this.#typescript;
    const json = typescript.readConfigFile(config, file => typescript.sys.readFile(file));
    if (json.error) return { files: new Set(), references: [], problem: this.#problem(config, json.error) };

    const directory = path.dirname(config);
    const parsed = typescript.parseJsonConfigFileContent(json.config, typescript.sys, directory, undefined, config);
    const error = parsed.errors.find(({ code }) => !coversNothing.has(code));
    return {
      files: new Set(parsed.fileNames.map(file => this.#normalise(file))),
      references: (parsed.projectReferences ?? []).map(typescript.resolveProjectReferencePath),
      ...(error && { problem: this.#problem(config, error) }),
    };
  }

  #normalise(file: string): string {
    const name = path.resolve(file).replaceAll('\\', '/');
    return this.#typescript.sys.useCaseSensitiveFileNames ? name : name.toLowerCase();
  }

  #problem(file: string, { messageText }: ts.Diagnostic): TsconfigProblem {
    return { file, message: this.#typescript.flattenDiagnosticMessageText(messageText, ' ') };
  }
}

function* directoriesAbove(file: string): Generator<string> {
  let directory = path.dirname(file);
  yield directory;
  while (directory !== path.dirname(directory)) {
    directory = path.dirname(directory);
    yield directory;
  }
}
