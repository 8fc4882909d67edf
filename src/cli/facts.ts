import type {
  Assumption,
  Confidence,
  EscapeReason,
  FindingKind,
  PathStep,
  UnknownReason,
} from '../analysis/findings.js';
import type { ResourceKind } from '../analysis/specification.js';
import type { SkipReason } from '../file-analysis.js';
import { hasShape } from './shape.js';

/** What the analysis saw in one file, as JSON: it leaves ESLint's worker threads in a message of `facts-rule.ts`. */
export interface FileFacts {
  /** Whether the file was linted with type information. */
  typed: boolean;
  /** What is wrong with the tsconfig that covers the file, or would if it could be read. */
  tsconfigProblem?: TsconfigProblem;
  /** Why the file was not analysed. */
  skipped?: SkipReason;
  /** Functions that the analysis failed on. */
  failures: FailureFacts[];
  obligations: ObligationFacts[];
  /** Calls on the explained line that look like acquires by name, for `explain`. */
  candidates: CandidateFacts[];
}

export interface TsconfigProblem {
  file: string;
  message: string;
}

/** A stretch of a file; lines and columns count from 1, the end column is the one after the last. */
export interface Place {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface FailureFacts {
  place: Place;
  message: string;
}

export interface ObligationFacts {
  kind: ResourceKind;
  noun: string;
  /** The entry's key in the catalogue or the settings. */
  key: string;
  /** Where the class or function comes from, in words. */
  source: string;
  docs?: string;
  /** The callee that hands the resource over, if the acquire is not the catalogue's own call. */
  through?: string;
  acquire: Place;
  /** The acquire's source text, shortened. */
  text: string;
  /** The function that acquires, in words. */
  owner: string;
  binding?: { name: string; line: number; uses: number[] };
  releases: Place[];
  outcome: OutcomeFacts;
}

export type OutcomeFacts =
  | { kind: 'released' }
  | { kind: 'handedOver'; reason: EscapeReason; place: Place; text: string }
  | { kind: 'unknown'; reason: UnknownReason }
  | { kind: 'reported'; confidence: Confidence; exits: ExitFacts[] };

/** A lossy exit; the first one of an obligation is its finding. */
export interface ExitFacts {
  kind: FindingKind;
  witness: Place;
  text: string;
  assumptions: { kind: Assumption['kind']; line?: number }[];
  path: { kind: PathStep['kind']; place: Place }[];
}

export interface CandidateFacts {
  place: Place;
  text: string;
  /** The nouns that this name acquires somewhere in the catalogue. */
  nouns: string[];
}

/** The plugin and rule that carry the facts. They exist only inside the audit. */
export const factsNamespace = 'thread-hygiene-audit';
export const factsRuleId = `${factsNamespace}/facts`;

/** The facts in the text of a message of the facts rule. */
export function readFacts(message: string): FileFacts {
  const facts: unknown = JSON.parse(message);
  if (hasShape<FileFacts>(facts, 'typed', 'obligations')) return facts;
  throw new TypeError(`${factsRuleId} gave no facts: ${message}`);
}
