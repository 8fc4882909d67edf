import type { Paint } from './paint.js';
import type { Place } from './facts.js';

/** A place in a file and what is to be said of it. */
export interface Mark {
  place: Place;
  label: string;
}

/** Lines that are further apart than this are joined by an ellipsis. */
const nearby = 2;

/**
 * The lines of `source` that hold `marks`, each mark underlined with its label, and the lines between them where they
 * are few.
 */
export function codeFrame(source: string, marks: readonly Mark[], paint: Paint): string {
  const lines = source.split(/\r?\n/);
  const marked = [...new Set(marks.map(({ place }) => place.line))].sort((left, right) => left - right);
  const width = String(marked.at(-1) ?? 0).length;
  const gutter = (content: string) => paint('gray', `${content.padStart(width)} |`);

  const output: string[] = [];
  let previous: number | undefined;
  for (const line of marked) {
    if (previous !== undefined) {
      const between = range(previous + 1, line);
      if (between.length > nearby) output.push(paint('gray', '…'.padStart(width)));
      else output.push(...between.map(number => row(gutter(String(number)), lines[number - 1])));
    }
    output.push(row(gutter(String(line)), lines[line - 1]));
    for (const { place, label } of marks.filter(({ place }) => place.line === line)) {
      output.push(row(gutter(''), underline(lines[line - 1] ?? '', place, label, paint)));
    }
    previous = line;
  }
  return output.join('\n');
}

function row(gutter: string, content = ''): string {
  return content === '' ? gutter : `${gutter} ${content}`;
}

/** Tabs before the mark stay tabs, so that it lines up whatever their width. */
function underline(line: string, place: Place, label: string, paint: Paint): string {
  const { column, endColumn } = place;
  const indentation = line.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  const end = place.endLine === place.line ? endColumn : line.length + 1;
  return indentation + paint('red', `${'^'.repeat(Math.max(1, end - column))} ${label}`);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
