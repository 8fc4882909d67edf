/** What a verdict is made of. Of the analysis only its words. */
const ruleParts = ['./file-analysis.ts', './edits', './analysis/findings.ts', './analysis/specification.ts'];

/**
 * Who may import whom, as zones of `import-x/no-restricted-paths`: from the public face down to the syntax, never back.
 * A zone says that the files in `target` do not import those in `from`, except `except` (relative to `from`).
 */
export const zones = [
  only('./src/index.ts', ['./thread-hygiene.ts']),
  only('./src/thread-hygiene.ts', ['./plugin.ts', './configs']),
  only('./src/configs', ['./configs', './plugin.ts', './settings.ts']),
  only('./src/plugin.ts', []),
  { target: './src/!(plugin).ts', from: './rules', message: 'Only src/plugin.ts imports the rules.' },
  { target: './src/*/**', from: './rules', message: 'Only src/plugin.ts imports the rules.' },

  only('./rules', ['./create-rule.ts', './mention.ts', './obligation-rule.ts', './report-option.ts', './running-rule.ts', ...ruleParts]),
  only('./src/obligation-rule.ts', ['./create-rule.ts', './obligation-message.ts', './report-option.ts', ...ruleParts]),
  only('./src/running-rule.ts', ['./create-rule.ts', './mention.ts', './obligation-message.ts', './report-option.ts', ...ruleParts]),
  only('./src/report-option.ts', ['./settings.ts', './analysis/findings.ts']),
  only('./src/obligation-message.ts', ['./mention.ts', './analysis/findings.ts', './analysis/specification.ts']),
  { target: './rules/!(index).ts', from: './rules', message: 'A rule does not import another rule.' },

  only('./src/edits', ['./edits', './analysis']),
  only('./src/file-analysis.ts', ['./catalogue', './settings.ts', './analysis']),
  only('./src/settings.ts', ['./settings.schema.json', './validation', './analysis']),
  only('./src/validation', ['./validation', './analysis']),
  only('./src/catalogue', ['./catalogue', './analysis/specification.ts', './analysis/sender-specification.ts', './analysis/thread-specification.ts']),
  only('./src/analysis', ['./analysis']),
  { target: './src/!(cli)/**', from: './src/cli', message: 'The command line is on top of everything.' },

  ...layers([
    ['syntax'],
    ['scope'],
    ['identity', 'types'],
    ['classes'],
    ['control-flow'],
    ['value-flow'],
    ['summaries'],
    ['obligations', 'retention'],
    ['threads'],
  ]),
  between('obligations', 'retention'),
  between('retention', 'obligations'),
];

/**
 * `target` imports nothing of `src/` but `except`.
 *
 * @param {string} target
 * @param {string[]} except
 */
function only(target, except) {
  const allowed = except.length === 0 ? 'nothing' : except.join(', ');
  return { target, from: './src', except, message: `${target} imports ${allowed} of ./src.` };
}

/**
 * Inside the analysis: no layer imports a higher one.
 *
 * @param {string[][]} order from the lowest to the highest
 */
function layers(order) {
  return order.flatMap((layer, level) =>
    layer.flatMap(lower => order.slice(level + 1).flatMap(higher => higher.map(name => between(lower, name)))),
  );
}

/**
 * @param {string} target
 * @param {string} from
 */
function between(target, from) {
  return {
    target: `./src/analysis/${target}`,
    from: `./src/analysis/${from}`,
    message: `analysis/${target} does not import analysis/${from}.`,
  };
}
