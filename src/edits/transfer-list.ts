import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** Where a transfer list goes: behind the message, or into the options of a worker. */
export interface TransferSite {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly options: TSESTree.ObjectExpression | undefined;
  /** What the list names. */
  readonly transferable: string | undefined;
}

/** Adds a transfer list; null where there is one already, or nothing to name in it. */
export function transferList({ call, options, transferable }: TransferSite): TSESLint.ReportFixFunction | null {
  if (transferable === undefined) return null;
  const last = options === undefined ? call.arguments.at(-1) : options.properties.at(-1);
  if (last === undefined) return null;
  const text = options === undefined ? `, [${transferable}]` : `, transferList: [${transferable}]`;
  return fixer => fixer.insertTextAfter(last, text);
}
