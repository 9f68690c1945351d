import { type ChannelTrouble, channelTrouble } from '#usecases/channels-before-saving.ts'
import { EXIT, Failure } from './exit-codes.ts'

/** Settings that rest on a channel which cannot carry them: why, whom it would strike, and the command that mends it. */
export function channelFailure(site: string, trouble: ChannelTrouble): Failure {
  const [channel = 'email'] = trouble.channels
  const command = `countersign --site ${site}`
  const users = trouble.users.length === 0 ? [] : [`Users: ${trouble.users.join(', ')}`]
  const next =
    trouble.kind === 'channel-unconfigured'
      ? [`Set it up: ${command} channels set ${channel} --file FILE`]
      : [
          `Test it: ${command} delivery test ${channel} ADDRESS`,
          'Or save all the same, with --acknowledge: the users above are those who could be locked out.',
        ]
  return new Failure(EXIT.refused, [channelTrouble(trouble), ...users, ...next].join('\n'))
}
