import { EXIT, Failure } from './exit-codes.ts'

export function unknownSetting(key: string, meant: string | undefined): Failure {
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
  return new Failure(
    EXIT.usage,
    `There is no setting "${key}".${hint} "countersign --site NAME get-config" lists them all.`,
  )
}
