import { isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { heldWeakly } from '../src/edits/held-weakly.js';
import { hoistedRead } from '../src/edits/hoisted-read.js';
import { analyseFile } from '../src/file-analysis.js';
import type { CaptureFinding } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

/** One message for each way in which something large is kept. */
const messages = {
  heldValueIsTarget:
    'The registry holds `{{node}}`, which reaches its own target `{{witness}}`, so neither is ever collected. Hold what the cleanup needs, without the target.',
  heldValueIsPart:
    'The registry holds `{{node}}`, a part of its target `{{witness}}`, and with it whatever that refers to. Hold a `WeakRef` of it.',
  capturesAlias:
    'This closure lives on and keeps what `{{witness}}` (line {{line}}) was given, also when line {{siblingLine}} replaces it. Use the variable that is replaced.',
  capturesModule:
    'This closure outlives its module and keeps `{{witness}}` (line {{line}}) when the module is evaluated again. Take it off then, or keep less.',
  capturesForRead:
    'This closure lives on and keeps all of `{{witness}}` (line {{line}}) for one property. Read the property outside.',
  capturesLarge: 'This closure lives on and keeps `{{witness}}` (line {{line}}), once for every call. Remove it, or keep less.',
  sharesContext:
    'This closure lives on and keeps `{{witness}}` (line {{line}}): it shares a context with the closure of line {{siblingLine}}, which mentions it. Make one of them in another function.',
  holdWeakRef: 'Hold a `WeakRef` of `{{node}}`.',
} as const satisfies Record<CaptureFinding['kind'] | 'holdWeakRef', string>;

export const noLargeCapture = createRule<ReportOption, keyof typeof messages>({
  name: 'no-large-capture',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow long-lived closures and registries that keep large values alive',
      recommended: 'strict',
      kinds: [],
    },
    fixable: 'code',
    hasSuggestions: true,
    messages,
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        const { settings, captures } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const { kind, node, witness, sibling, reads = [], confidence } of captures()) {
          if (!isReported(confidence, threshold)) continue;
          const weakly = kind === 'heldValueIsPart' ? heldWeakly(sourceCode, node) : null;
          const named = witness.type === 'VariableDeclarator' ? witness.id : witness;
          context.report({
            node,
            messageId: kind,
            data: {
              node: mention(sourceCode, node),
              witness: mention(sourceCode, named).replace(/:.*/u, ''),
              line: String(witness.loc.start.line),
              siblingLine: String((sibling ?? node).loc.start.line),
            },
            suggest: weakly === null ? [] : [{ messageId: 'holdWeakRef', data: { node: mention(sourceCode, node) }, fix: weakly }],
            fix: settings.fixes === 'none' ? null : hoistedRead(sourceCode, witness, reads),
          });
        }
      },
    };
  },
});
