const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/gu;

/** Whether a rule that fills `template` with (at least) `data` gives `message`. A key that `template` lacks is false. */
export function isFilledWith(template: string, data: Readonly<Record<string, string>>, message: string): boolean {
  const names = new Set(placeholdersOf(template));
  if (!Object.keys(data).every(name => names.has(name))) return false;
  return patternOf(template, name => (name in data ? escape(data[name] ?? '') : '[^]*')).test(message);
}

/** The data that turned `template` into `message`, as far as the text around the placeholders tells. */
export function dataOf(template: string, message: string): Record<string, string> {
  const values =
    patternOf(template, () => '([^]*?)')
      .exec(message)
      ?.slice(1) ?? [];
  return Object.fromEntries(placeholdersOf(template).map((name, index) => [name, values[index] ?? '?']));
}

/** The placeholders of `template` that nothing filled in `message`. */
export function unfilledPlaceholders(template: string, message: string): string[] {
  const names = new Set(placeholdersOf(template));
  return placeholdersOf(message).filter(name => names.has(name));
}

function placeholdersOf(template: string): string[] {
  return Array.from(template.matchAll(placeholder), match => match[1] ?? '');
}

function patternOf(template: string, patternOfName: (name: string) => string): RegExp {
  const parts = template.split(placeholder);
  const pattern = parts.map((part, index) => (index % 2 === 0 ? escape(part) : patternOfName(part))).join('');
  return new RegExp(`^${pattern}$`, 'u');
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
