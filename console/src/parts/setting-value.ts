import type { Moments } from '../texts/moments.ts'
import type { Texts } from '../texts/texts.ts'

/** A value of a setting as a person reads it. */
export function valueText({ settings, common }: Texts, moments: Moments, value: unknown): string {
  if (typeof value === 'boolean') return value ? common.on : common.off
  if (typeof value === 'number') return moments.number(value)
  if (typeof value === 'string') return value === '' ? '–' : (settings.words[value] ?? value)
  if (Array.isArray(value)) {
    const shown = value.map((each: unknown) =>
      isNamed(each) ? each.name : valueText({ settings, common } as Texts, moments, each),
    )
    return shown.length === 0 ? common.none : shown.join(', ')
  }
  return value === null || value === undefined ? '–' : JSON.stringify(value)
}

function isNamed(value: unknown): value is { readonly name: string } {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'name') === 'string'
}
