import { stripTypeScriptTypes } from 'node:module'
import { parseAst } from 'vite'

/** One small change of a source: the text from `start` to `end` becomes `to`. */
export interface Mutation {
  readonly start: number
  readonly end: number
  readonly to: string
  readonly what: string
}

/** The parts of an ESTree node that are looked at. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [part: string]: unknown
}

/** An operator and what it is taken for. `+` and `-` only between numbers would be worth something, and types are gone: `+` is left alone. */
const OPERATORS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '-': '+',
  '*': '/',
  '&&': '||',
  '||': '&&',
  '??': '&&',
}

/**
 * Every small change of a TypeScript source that could be a mistake of a person: another operator, a condition that always or never holds, a
 * negation that is forgotten, another number or truth value, a call or an element left out. Texts stay as they are: what they are compared
 * with are the names of unions, which the compiler checks.
 */
export function mutationsOf(source: string): readonly Mutation[] {
  // Types become blanks: what stands where in one stands there in the other.
  const script = stripTypeScriptTypes(source)
  const found: Mutation[] = []
  walk(parseAst(script) as unknown as Node, (node) => found.push(...mutationsAt(node, script)))
  return found
}

function mutationsAt(node: Node, script: string): readonly Mutation[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return anotherOperator(node, script)
    case 'UnaryExpression':
      return node['operator'] === '!' ? [replaced(node, textOf(node['argument'], script), 'without its "!"')] : []
    case 'IfStatement':
    case 'ConditionalExpression': {
      const test = node['test'] as Node
      return ['true', 'false'].map((to) => replaced(test, to, `the condition is ${to}`))
    }
    case 'Literal':
      return anotherValue(node)
    case 'ExpressionStatement':
      return isCall(node['expression'] as Node) ? [replaced(node, ';', 'the call is left out')] : []
    case 'SpreadElement':
      return [replaced(node, '...[]', 'nothing is spread')]
    default:
      return []
  }
}

function anotherOperator(node: Node, script: string): readonly Mutation[] {
  const to = OPERATORS[String(node['operator'])]
  const [left, right] = [node['left'] as Node, node['right'] as Node]
  const at = script.indexOf(String(node['operator']), left.end)
  // A comment between the operands could have the same characters.
  if (to === undefined || at < 0 || at >= right.start) return []
  const end = at + String(node['operator']).length
  return [{ start: at, end, to, what: `"${script.slice(at, end)}" is "${to}"` }]
}

function anotherValue(node: Node): readonly Mutation[] {
  const value = node['value']
  if (typeof value === 'boolean') return [replaced(node, String(!value), `${String(value)} is ${String(!value)}`)]
  if (typeof value === 'number') return [replaced(node, String(value + 1), `${value} is ${value + 1}`)]
  return []
}

function isCall(node: Node): boolean {
  return node.type === 'CallExpression' || (node.type === 'AwaitExpression' && isCall(node['argument'] as Node))
}

function replaced({ start, end }: Node, to: string, what: string): Mutation {
  return { start, end, to, what }
}

function textOf(node: unknown, script: string): string {
  const { start, end } = node as Node
  return `(${script.slice(start, end)})`
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const part of Object.values(node))
    for (const child of Array.isArray(part) ? part : [part])
      if (isNode(child) && child.type !== 'ImportDeclaration') walk(child, visit)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
