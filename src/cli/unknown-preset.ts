import { PRESET_NAMES } from '#policy/presets.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { didYouMean } from './job.ts'

export function unknownPreset(name: string): Failure {
  const known = `The presets are ${PRESET_NAMES.join(', ')}.`
  return new Failure(EXIT.usage, `There is no preset "${name}".${didYouMean(name, PRESET_NAMES)} ${known}`)
}
