/** One fenced code block of a page. Its info string says what it is: "```ts incorrect typed", "```ts file src/a.ts". */
export interface CodeBlock {
  /** The line of its first fence. */
  line: number;
  /** `ts`, `js`, `json`, `sh`, … */
  language: string;
  /** The second word: what the page says of it. */
  role: string | undefined;
  /** The third word: the file that the code stands for, `typed` where only types show the defect, … */
  detail: string | undefined;
  text: string;
  /** The heading that it stands under. */
  heading: string;
}

const fence = /^```(?<language>\w+)(?: (?<role>\S+))?(?: (?<detail>\S+))?\n(?<text>.*?)^```$/gmsu;

/** The code blocks of a page, in order. */
export function codeBlocksOf(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(fence)].map(({ groups, index }) => {
    const before = markdown.slice(0, index);
    return {
      line: before.split('\n').length,
      language: groups?.['language'] ?? '',
      role: groups?.['role'],
      detail: groups?.['detail'],
      text: groups?.['text'] ?? '',
      heading: [...before.replaceAll(fence, '').matchAll(/^#+ (.*)$/gmu)].at(-1)?.[1] ?? '',
    };
  });
}

/**
 * The page with its generated parts made anew. A part stands between `<!-- generated: name -->` and
 * `<!-- end of generated -->`.
 */
export function withParts(markdown: string, part: (name: string) => string): string {
  return markdown.replaceAll(
    /(?<start><!-- generated: (?<name>[\w-]+) -->\n).*?(?<end><!-- end of generated -->)/gsu,
    (_whole, start: string, name: string, end: string) => `${start}\n${part(name).trim()}\n\n${end}`,
  );
}

/** The page with the messages of its incorrect blocks quoted below them. */
export function withMessages(markdown: string, messagesOf: (block: CodeBlock) => readonly string[]): string {
  const blocks = codeBlocksOf(markdown);
  let index = 0;
  return markdown.replaceAll(/(?<code>^```\w+.*?^```\n)(?:\n(?:>[^\n]*\n)+)?/gmsu, (whole, code: string) => {
    const block = blocks[index];
    index += 1;
    if (block?.role !== 'incorrect') return whole;
    return `${code}\n${messagesOf(block)
      .map(message => `> ${message}\n`)
      .join('>\n')}`;
  });
}

/** The first cells of a table's rows whose first cell is code: the words that the table explains. */
export function wordsOfTable(markdown: string, heading: string): string[] {
  const section = markdown.split(/^#+ /gmu).find(part => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `(?<word>[^`]+)` \|/gmu)].map(({ groups }) => groups?.['word'] ?? '');
}
