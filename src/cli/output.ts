import { stdout } from 'node:process'
import { styleText } from 'node:util'
import type { CliContext } from './context.ts'

type Style = 'bold' | 'dim' | 'green' | 'red'

/** Emphasis for a person at a terminal; plain text for files, pipes, NO_COLOR and terminals that cannot. */
export function paint(context: CliContext, style: Style, text: string): string {
  const { NO_COLOR: unwanted = '', TERM: terminal = '' } = context.environment
  if (!context.isTerminal || unwanted !== '' || terminal === 'dumb') return text
  return styleText(style, text, { stream: stdout, validateStream: true })
}

/**
 * Text as a terminal may be given it. Names, notes and words of foreign servers come from other people, and a control character
 * in them could move the cursor, hide a line or answer in our stead.
 */
export function visible(text: string): string {
  return text.replaceAll(/[^\P{C}\n]|[\u2028\u2029]/gu, '�')
}

/** Columns side by side, two spaces apart, without lines around them; the last one is as long as it likes. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => visible(cell).replaceAll('\n', ' ')))
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => [...(cells[column] ?? '')].length)))
  return lines.map((cells) => `${aligned(cells, widths)}\n`).join('')
}

/** A name a line with what belongs to it. */
export function sheet(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, value]) => `${`${name.padEnd(width)}  ${visible(value)}`.trimEnd()}\n`).join('')
}

/** `1 session`, `2,500 sessions`. */
export function count(number: number, thing: string, things = `${thing}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? thing : things}`
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
  return padded.join('  ').trimEnd()
}
