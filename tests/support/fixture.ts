/** A place in a text. Lines and columns count from 1, `endColumn` is the first column behind it. */
export interface Place {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A report as a fixture states it: `data` may name only some of the message's placeholders. */
export interface Annotation extends Place {
  messageId: string;
  data: Record<string, string>;
}

/**
 * Reads an annotated fixture: a line of `~~~~` under the reported text, then `[messageId {"key": "value"}]`. A report of
 * several lines is marked under its first line by `~~~~> [messageId]` and under its last one by `~~~~<`.
 *
 * @throws Error for a line that looks like a mark and cannot be read.
 */
export function parseFixture(fixture: string): { code: string; annotations: Annotation[] } {
  const code: string[] = [];
  const annotations: Annotation[] = [];
  const open: Annotation[] = [];
  for (const text of fixture.split('\n')) {
    if (!markLike.test(text)) {
      code.push(text);
      continue;
    }
    const { tildes, column, sign, messageId, data } = readMark(text);
    if (sign === '<') {
      const start = open.pop();
      if (start === undefined) throw new Error(`"~<" without "~>" before it: ${text}`);
      start.endLine = code.length;
      start.endColumn = column + tildes;
    } else {
      const line = code.length;
      const annotation = { messageId, data, line, column, endLine: line, endColumn: column + tildes };
      annotations.push(annotation);
      if (sign === '>') open.push(annotation);
    }
  }
  if (open.length > 0) throw new Error('"~>" without "~<" after it.');
  return { code: code.join('\n'), annotations };
}

/** The inverse of `parseFixture`, in one canonical spelling, so that two lists of reports compare as texts. */
export function renderFixture(code: string, annotations: readonly Annotation[]): string {
  const marks = new Map<number, string[]>();
  const ordered = annotations.toSorted((left, right) => left.line - right.line || left.column - right.column);
  const lines = code.split('\n');
  for (const { messageId, data, line, column, endLine, endColumn } of ordered) {
    const severalLines = endLine > line;
    const end = severalLines ? (lines[line - 1] ?? '').length + 1 : endColumn;
    const label = Object.keys(data).length === 0 ? messageId : `${messageId} ${JSON.stringify(data)}`;
    addMark(marks, line, `${underline(column, end)}${severalLines ? '>' : ''} [${label}]`);
    if (severalLines) addMark(marks, endLine, `${underline(indentOf(lines[endLine - 1] ?? '') + 1, endColumn)}<`);
  }
  return lines.flatMap((text, index) => [text, ...(marks.get(index + 1) ?? [])]).join('\n');
}

/**
 * Takes the common indentation off a template literal that starts with a line break, with that break and the blank last
 * line. Any other text stays as it is.
 */
export function dedent(text: string): string {
  if (!text.startsWith('\n')) return text;
  const lines = text.slice(1).split('\n');
  if (lines.at(-1)?.trim() === '') lines[lines.length - 1] = '';
  const indent = Math.min(...lines.filter(line => line.trim() !== '').map(indentOf));
  return lines.map(line => line.slice(indent)).join('\n');
}

const markLike = /^\s*~+[<>]?\s*(?:\[.*)?$/u;
const mark = /^(?<indent> *)(?<tildes>~+)(?:(?<close><)|(?<open>>)?\s*\[(?<messageId>\w+)\s*(?<data>\{.*\})?\])\s*$/u;

interface Mark {
  column: number;
  tildes: number;
  sign: '<' | '>' | '';
  messageId: string;
  data: Record<string, string>;
}

function readMark(text: string): Mark {
  const { indent, tildes, close, open, messageId = '', data = '{}' } = mark.exec(text)?.groups ?? {};
  if (indent === undefined || tildes === undefined) throw new Error(`Cannot read the mark: ${text}`);
  return {
    column: indent.length + 1,
    tildes: tildes.length,
    sign: close === undefined ? (open === undefined ? '' : '>') : '<',
    messageId,
    data: readData(data, text),
  };
}

function readData(json: string, text: string): Record<string, string> {
  try {
    const data: unknown = JSON.parse(json);
    return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, String(value)]));
  } catch (error) {
    throw new Error(`The data is not JSON: ${text}`, { cause: error });
  }
}

function addMark(marks: Map<number, string[]>, line: number, text: string): void {
  const here = marks.get(line);
  if (here === undefined) marks.set(line, [text]);
  else here.push(text);
}

function underline(column: number, endColumn: number): string {
  return ' '.repeat(column - 1) + '~'.repeat(Math.max(1, endColumn - column));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
