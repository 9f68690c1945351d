import { z } from 'zod'
import { SETTINGS, type SettingKey } from './settings.ts'

const YES = ['true', '1', 'on', 'yes']
const NO = ['false', '0', 'off', 'no']

/**
 * What a person typed on a command line, as the kind of value that the setting holds. It checks nothing: text that cannot be
 * read comes back as it is, and the registry says what is wrong with it.
 */
export function readTyped(key: SettingKey, typed: string): unknown {
  const text = typed.trim()
  switch (z.toJSONSchema(SETTINGS[key].schema, { io: 'input' }).type) {
    case 'boolean':
      return readFlag(text)
    case 'array':
      return readList(text)
    case 'string':
      return text
    default:
      // A number, or a number and a word that stands for none (`never`).
      return /^-?\d+$/.test(text) ? Number(text) : text
  }
}

function readFlag(text: string): boolean | string {
  const word = text.toLowerCase()
  if (YES.includes(word)) return true
  return NO.includes(word) ? false : text
}

/** JSON, or words with commas between them. Only `[]` is the empty list: nothing typed is more often a slip. */
function readList(text: string): unknown {
  if (!text.startsWith('[')) return text === '' ? text : text.split(',').map((word) => word.trim())
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
