import { addressOfSite } from '#domain/site-address.ts'
import { isPresetName } from '#policy/presets.ts'
import { createSite, deleteSite } from '#usecases/sites.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, busy, inHouse, type Job, notFound, say } from './job.ts'
import { table } from './output.ts'
import { unknownPreset } from './unknown-preset.ts'

export interface CreateSiteFlags {
  readonly preset?: string
  readonly title?: string
}

export function listSites(job: Job): Promise<void> {
  return inHouse(job, async ({ ports }) => {
    const files = await Promise.all((await ports.store.sites()).map(({ name }) => ports.store.siteFile(name)))
    const sites = files
      .filter((file) => file !== null)
      .map(({ site, settings }) => ({ name: site.name, title: site.title, two_factor: settings['two_factor.enabled'] }))
    if (sites.length === 0) say(job, 'There is no site yet. "countersign sites create NAME" makes one.')
    if (sites.length === 0 && !job.json) return
    const rows = sites.map(({ name, title, two_factor: on }) => [name, on ? 'on' : 'off', title])
    answer(job, sites, table(['Site', 'Two-factor', 'Title'], rows))
  })
}

export async function createNewSite(job: Job, name: string, flags: CreateSiteFlags): Promise<void> {
  const { preset, title } = flags
  if (preset !== undefined && !isPresetName(preset)) throw unknownPreset(preset)
  await inHouse(job, async ({ ports, act }) => {
    const outcome = await createSite(ports, { ...act, name, title, preset })
    switch (outcome.kind) {
      case 'invalid-name':
        throw new Failure(EXIT.refused, `${outcome.problem}.`)
      case 'name-taken':
        throw new Failure(EXIT.refused, `There is a site "${name}" already.`)
      case 'busy':
        throw busy()
      case 'created': {
        const login = `${addressOfSite(ports, name)}/login`
        const data = { name, title: outcome.site.title, preset: preset ?? null, login }
        answer(job, data, `Site ${name} is made. People will sign in at ${login}`)
        say(
          job,
          `Next: countersign --site ${name} users add NAME --role Administrator --email ADDRESS --password-stdin`,
        )
        say(job, `Then: countersign --site ${name} set-config enable_two_factor_auth true`)
      }
    }
  })
}

export async function removeSite(job: Job, name: string, flags: { readonly yes?: true }): Promise<void> {
  if (!flags.yes) {
    throw new Failure(
      EXIT.usage,
      `This would delete the site ${name} with all its users. Add --yes if that is what you want.`,
    )
  }
  await inHouse(job, async ({ ports, act }) => {
    const outcome = await deleteSite(ports, { ...act, name })
    if (outcome === 'busy') throw busy()
    if (outcome === 'unknown-site')
      throw notFound(
        'site',
        name,
        (await ports.store.sites()).map((each) => each.name),
      )
    answer(
      job,
      { deleted: name },
      `Site ${name} is deleted. Its audit log is kept, closed and sealed: sites export-log ${name} writes it.`,
    )
  })
}
