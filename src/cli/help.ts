/** What `--help` prints: one screen of 80 columns. */
export const help = `Usage: npx eslint-plugin-thread-hygiene [options] [paths...]
       npx eslint-plugin-thread-hygiene explain FILE:LINE

Finds locks, workers and other resources that are not released on every path.
Needs no configuration; if the project's ESLint configuration has the plugin,
that configuration is used. Without paths it audits the current directory.

  --fix                repair what can be repaired safely
  --fix-suggestions    apply suggestions too, one at a time (review the result)
  --report LEVEL       least confidence to report: certain, likely (default), or
                       possible, which also runs the rules of \`strict\`
  --rule NAME          run this rule only; may be repeated
  --no-types           do not use type information
  --concurrency N      lint in N threads, "auto" or "off" (default)
  --format NAME        print findings with an ESLint formatter
  --stats json         print what the analysis saw as JSON
  -h, --help           show this text
  -v, --version        show the version

explain tells what the analysis knows of the resource acquired on a line: what
it is, where it is used and released, how it is lost, and why it is reported
or silent.

Exit codes: 0 clean, 1 findings, 2 the audit could not run.
`;
