import { isPresetName } from '#policy/presets.ts'
import { applyPreset, presetDifference, presetPatch } from '#usecases/apply-preset.ts'
import { channelFailure } from './channel-failure.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound, say } from './job.ts'
import { previewJson, previewOf, summary } from './preview.ts'
import { changeLines } from './setting-changes.ts'
import { unknownPreset } from './unknown-preset.ts'

export interface PresetFlags {
  readonly dryRun?: true
  readonly acknowledge?: true
}

/** Gives a site the settings of a preset and says what they were before; with `--dry-run` it only says so. */
export async function preset(job: Job, name: string, flags: PresetFlags): Promise<void> {
  if (!isPresetName(name)) throw unknownPreset(name)
  await atSite(job, async ({ ports, file, order }) => {
    const difference = presetDifference(file, name)
    if (difference.length === 0) say(job, `Nothing to change: ${order.site} has the settings of ${name} already.`)
    if (flags.dryRun) {
      const found = await previewOf(ports, order.site, presetPatch(name))
      const data = { preset: name, dry_run: true, ...previewJson(order.site, found) }
      answer(job, data, difference.length === 0 ? summary(found) : `${changeLines(difference)}\n${summary(found)}`)
      return say(job, 'Nothing was changed.')
    }
    const outcome = await applyPreset(ports, { ...order, preset: name, acknowledge: flags.acknowledge })
    switch (outcome.kind) {
      case 'changed': {
        const { changes, version } = outcome
        const data = { preset: name, dry_run: false, site: order.site, version, changes }
        if (changes.length > 0 || job.json) answer(job, data, changeLines(changes))
        return
      }
      case 'invalid':
        throw new Failure(EXIT.refused, outcome.problems.map(({ problem }) => problem).join('\n'))
      case 'channel-unconfigured':
      case 'channel-unproved':
        throw channelFailure(order.site, outcome)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
      case 'version-conflict':
        throw busy()
    }
  })
}
