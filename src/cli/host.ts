/** What the command line runs in: the process, or a test. */
export interface Host {
  /** The working directory: paths are read and printed relative to it. */
  cwd: string;
  stdout: Output;
  stderr: Output;
}

/** The part of a standard stream that the command line uses; all but `write` only if it is a terminal. */
export interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
  hasColors(): boolean;
  cursorTo(column: number): unknown;
  clearLine(direction: -1 | 0 | 1): unknown;
}

/** Whether `output` is a terminal that somebody watches. */
export function isTerminal(output: Output): boolean {
  return output.isTTY === true;
}
