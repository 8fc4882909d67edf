import type * as ts from 'typescript';

import type { ArgumentEffect } from '../control-flow/model.js';
import type { ResourceSpecification } from '../specification.js';
import type { Types } from '../types/types.js';
import { loggerName } from '../value-flow/harmless.js';
import { ownershipTags } from '../value-flow/ownership-tags.js';
import type { Callee, Callees } from './callees.js';
import { documentationOf } from './documentation.js';
import { createMemory, maximumDepth } from './memory.js';
import { isWrapper, skipWrappers } from './syntax.js';

/** What a function does with the value of one parameter, in itself and in its callees, in any order. */
export interface ParameterFacts {
  /** It is called. */
  readonly isCalled: boolean;
  /** The methods of it that are called. */
  readonly methods: ReadonlySet<string>;
  /** It is stored, returned or handed to somebody whom nobody can see. */
  readonly isKept: boolean;
}

/** Answers what functions with a visible body do with their arguments. Undefined for all others. */
export interface CalleeParameters {
  effectOf(
    call: ts.CallExpression | ts.NewExpression,
    index: number,
    specification: ResourceSpecification,
  ): ArgumentEffect | undefined;
  /** Whether the value of a local variable is only looked at and released inside `body`, beside being returned. */
  isReturnedAlone(variable: ts.Identifier, body: ts.Node): boolean;
}

const untouched: ParameterFacts = { isCalled: false, methods: new Set(), isKept: false };
const kept: ParameterFacts = { ...untouched, isKept: true };

function join(left: ParameterFacts, right: ParameterFacts): ParameterFacts {
  return {
    isCalled: left.isCalled || right.isCalled,
    methods: new Set([...left.methods, ...right.methods]),
    isKept: left.isKept || right.isKept,
  };
}

/** The twin of `value-flow/summaries.ts` on the TypeScript AST: both answer alike for the same function. */
export function createCalleeParameters(types: Types<ts.Node>, callees: Callees): CalleeParameters {
  const { typescript, program } = types;
  const checker = program.getTypeChecker();
  const remember = createMemory<ParameterFacts>();

  return {
    effectOf(call, index, { release }) {
      const callee = calleeOf(call);
      const tag = callee && tagOf(callee, index);
      if (callee === undefined || tag !== undefined) {
        return tag === undefined ? undefined : tag === 'borrows' ? 'borrow' : 'take';
      }
      const facts = factsOf(callee, index, maximumDepth);
      const isReleased = release.some(way =>
        'call' in way ? facts.isCalled : 'method' in way && facts.methods.has(way.method),
      );
      return isReleased ? 'release' : facts.isKept ? 'take' : 'borrow';
    },
    isReturnedAlone: (variable, body) => !factsOfVariable(variable, [body], maximumDepth, true).isKept,
  };

  function calleeOf(call: ts.CallExpression | ts.NewExpression): Callee | undefined {
    if (typescript.isCallExpression(call)) {
      return callees.functionOf(call);
    }
    const type = callees.classOf(call.expression);
    return type && callees.constructorOf(type);
  }

  function tagOf({ node }: Callee, index: number) {
    const name = parameterOf(node, index)?.name;
    return name !== undefined && typescript.isIdentifier(name)
      ? ownershipTags(documentationOf(node, typescript)).parameters.get(name.text)
      : undefined;
  }

  function parameterOf({ parameters }: ts.FunctionLikeDeclaration, index: number): ts.ParameterDeclaration | undefined {
    const [first] = parameters;
    const hasThis = first !== undefined && typescript.isIdentifier(first.name) && first.name.text === 'this';
    return parameters[hasThis ? index + 1 : index];
  }

  function factsOf({ node, body }: Callee, index: number, depth: number): ParameterFacts {
    const parameter = parameterOf(node, index);
    if (depth === 0 || parameter === undefined || !typescript.isIdentifier(parameter.name)) {
      return kept;
    }
    const { name, dotDotDotToken } = parameter;
    if (dotDotDotToken !== undefined || typescript.isParameterPropertyDeclaration(parameter, node)) {
      return kept;
    }
    return remember(node, `${index},${depth}`, () =>
      factsOfVariable(name, [...node.parameters, body], depth - 1, false),
    );
  }

  function factsOfVariable(
    variable: ts.Identifier,
    parts: readonly ts.Node[],
    depth: number,
    mayReturn: boolean,
  ): ParameterFacts {
    const symbol = checker.getSymbolAtLocation(variable);
    let facts = untouched;
    const visit = (node: ts.Node): void => {
      if (
        node !== variable &&
        typescript.isIdentifier(node) &&
        node.text === variable.text &&
        symbolOf(node) === symbol
      ) {
        facts = join(facts, factsOfUse(node, depth, mayReturn));
      }
      typescript.forEachChild(node, visit);
    };
    parts.forEach(visit);
    return symbol === undefined ? kept : facts;
  }

  function symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    return typescript.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
  }

  /** What happens to the value of an expression at the place where it stands. */
  function factsOfUse(node: ts.Expression, depth: number, mayReturn: boolean): ParameterFacts {
    const { parent } = node;
    if (isWrapper(parent, typescript) || typescript.isAwaitExpression(parent)) {
      return factsOfUse(parent, depth, mayReturn);
    }
    if (typescript.isConditionalExpression(parent)) {
      return parent.condition === node ? untouched : factsOfUse(parent, depth, mayReturn);
    }
    if (typescript.isBinaryExpression(parent)) {
      return factsOfOperand(node, parent, depth, mayReturn);
    }
    if (typescript.isCallExpression(parent) || typescript.isNewExpression(parent)) {
      if (parent.expression === node) {
        return typescript.isCallExpression(parent) ? { ...untouched, isCalled: true } : untouched;
      }
      return factsOfPassing(parent, parent.arguments?.indexOf(node) ?? -1, depth);
    }
    if (typescript.isPropertyAccessExpression(parent)) {
      const isCallee = typescript.isCallExpression(parent.parent) && parent.parent.expression === parent;
      return isCallee ? { ...untouched, methods: new Set([parent.name.text]) } : untouched;
    }
    if (typescript.isReturnStatement(parent) || (typescript.isArrowFunction(parent) && parent.body === node)) {
      return mayReturn ? untouched : kept;
    }
    return keepsValue(parent, node) ? kept : untouched;
  }

  function factsOfOperand(
    node: ts.Expression,
    parent: ts.BinaryExpression,
    depth: number,
    mayReturn: boolean,
  ): ParameterFacts {
    const { kind } = parent.operatorToken;
    const { SyntaxKind } = typescript;
    if (kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment) {
      return kept;
    }
    const isLogical =
      kind === SyntaxKind.AmpersandAmpersandToken ||
      kind === SyntaxKind.BarBarToken ||
      kind === SyntaxKind.QuestionQuestionToken;
    return isLogical ? factsOfUse(parent, depth, mayReturn) : untouched;
  }

  function factsOfPassing(call: ts.CallExpression | ts.NewExpression, index: number, depth: number): ParameterFacts {
    const callee = skipWrappers(call.expression, typescript);
    const object = typescript.isPropertyAccessExpression(callee) ? callee.expression : undefined;
    if (object !== undefined && typescript.isIdentifier(object) && loggerName.test(object.text)) {
      return untouched;
    }
    const target = index < 0 ? undefined : calleeOf(call);
    return target === undefined ? kept : factsOf(target, index, depth);
  }

  function keepsValue(parent: ts.Node, node: ts.Node): boolean {
    return (
      typescript.isYieldExpression(parent) ||
      (typescript.isVariableDeclaration(parent) && typescript.isIdentifier(parent.name)) ||
      typescript.isArrayLiteralExpression(parent) ||
      (typescript.isPropertyAssignment(parent) && parent.initializer === node) ||
      typescript.isShorthandPropertyAssignment(parent) ||
      typescript.isPropertyDeclaration(parent) ||
      typescript.isSpreadElement(parent) ||
      typescript.isSpreadAssignment(parent) ||
      typescript.isTemplateSpan(parent) ||
      typescript.isThrowStatement(parent)
    );
  }
}
