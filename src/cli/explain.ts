import type { Channel } from '#domain/method.ts'
import { parseAddress } from '#policy/network.ts'
import { explainUser } from '#usecases/explain.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, type Job, notFound } from './job.ts'
import { paint, table, visible } from './output.ts'
import { noSuchUser } from './users-refused.ts'

export interface ExplainFlags {
  readonly application?: string
  readonly address?: string
  readonly at?: number
}

const OUTCOMES: Readonly<Record<string, string>> = {
  skip: 'is not asked for a second factor',
  challenge: 'is asked for a second factor',
  enrol: 'has to set up an authenticator first',
  deny: 'is refused',
}

/** The rules in the order they are asked, down to the one that decides. */
export async function explainSignIn(job: Job, username: string, flags: ExplainFlags): Promise<void> {
  const { application, address, at } = flags
  if (address !== undefined && !parseAddress(address))
    throw new Failure(EXIT.usage, `"${address}" is not an IP address.`)
  await atSite(job, async ({ ports, file, order }) => {
    const outcome = await explainUser(ports, { site: order.site, username, application, address, at })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'unknown-user':
        throw await noSuchUser(ports, file.site, username)
      case 'unknown-application':
        throw notFound('application', application ?? '', outcome.known)
      case 'explained': {
        const { decision, sentence, rules, waiting } = outcome
        const waits = waiting.map(({ channel, masked, until }) => ({ channel, address: masked, until }))
        if (job.json)
          return answer(
            job,
            { username, application: application ?? 'web', decision, sentence, waiting_addresses: waits, rules },
            '',
          )
        const headline = `${username} ${OUTCOMES[decision.outcome]}. ${sentence}`
        const lines = table(
          ['', 'Rule', ''],
          rules.map((each) => [each.applied ? '→' : '', each.rule, each.sentence]),
        )
        job.context.out(`${paint(job.context, 'bold', visible(headline))}\n${because(decision)}\n`)
        job.context.out(emphasised(job, lines))
        for (const { channel, address, until } of waits)
          job.context.out(`${waitingSentence(channel, address, until)}\n`)
      }
    }
  })
}

function because({ setting, level, until }: { setting?: string; level?: string; until?: string }): string {
  const where =
    setting === undefined ? '' : `Decided by ${setting}${level === undefined ? '' : `, given at the ${level}`}.\n`
  return until === undefined ? where : `${where}It holds until ${until}.\n`
}

/** Of a new address that is not used yet. */
function waitingSentence(channel: Channel, address: string, until: string): string {
  const what = channel === 'email' ? 'email address' : 'phone number'
  return `The new ${what} ${address} waits until its code is typed on the account page, until ${until}; codes do not go there before.`
}

/** The line that decides stands out, where a person looks at it. */
function emphasised(job: Job, lines: string): string {
  return lines.replace(/^→.*$/m, (line) => paint(job.context, 'green', line))
}
