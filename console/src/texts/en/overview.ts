import type { Standing, Step } from '../../api/shapes.ts'

const users = (count: number) => (count === 1 ? '1 user' : `${count} users`)

export const standing = {
  not_required: 'Not asked',
  exempt: 'Exempt',
  ready: 'Covered',
  grace: 'Time to enrol',
  let_in: 'Let in unasked',
  must_enrol: 'Has to enrol',
  refused: 'Cannot get in',
} satisfies Record<Standing, string>

export const standingMeans = {
  not_required: 'No second factor is required of this user.',
  exempt: 'An administrator has exempted this user.',
  ready: 'A second factor is required, and this user has one.',
  grace: 'A second factor is required soon; until then the password is enough.',
  let_in: 'A second factor is required, but the channel was never set up, so the password is enough.',
  must_enrol: 'The next sign-in asks this user to set up an authenticator first.',
  refused: 'The next sign-in of this user is refused: nothing they hold is allowed.',
} satisfies Record<Standing, string>

export const overview = {
  on: 'Two-factor authentication is on',
  off: 'Two-factor authentication is off',
  onSays: (covered: number, of: number) => `${covered} of ${users(of)} who have to pass a second factor can do so now.`,
  offSays: 'Everybody signs in with the password alone. See whom it would ask before you switch it on.',
  switchOn: 'Switch it on',
  covered: 'Covered',
  coveredSays: 'have a factor that works',
  stuck: 'Would be stuck',
  stuckSays: 'have to enrol, or cannot get in',
  locked: 'Locked',
  lockedSays: 'after wrong codes',
  exempt: 'Exempt',
  exemptSays: (share: string) => `${share} of all users`,
  exemptNotice: (count: number, of: number, share: string) =>
    `${count} of ${users(of)} (${share}) are exempt. Where several people share an account, an account for each of them is better than an exemption.`,
  failed: 'Messages failed',
  failedSays: 'in the last 24 hours',
  unreadable: 'A setting cannot be read',
  unreadableSays: (keys: string) =>
    `The site is treated as strictly as it can be until ${keys} is given a new value or taken back to its default.`,
  notConfigured: {
    email: 'Email is not set up',
    sms: 'SMS is not set up',
  },
  notConfiguredSays: 'Codes cannot go this way. The setting “When a channel was never set up” says what happens then.',
  letIn: (count: number) => `${users(count)} let in without a second factor`,
  letInSays: 'The channel for their code was never set up, and this site lets them in all the same.',
  failing: {
    email: 'Emails are not getting through',
    sms: 'SMS are not getting through',
  },
  failingSays: (failed: number, sent: number) =>
    `${failed} of ${sent} messages in the last 24 hours could not be handed over.`,
  look: 'Look',
  checklist: 'Until the first user has passed',
  checklistSays: 'Nobody is locked out on the way: each step says what is missing.',
  steps: {
    channel: 'A way to send codes is set up',
    administrator: 'An administrator has a factor that works',
    nobody_stuck: 'Everybody could pass',
    switched_on: 'Two-factor authentication is switched on',
    first_passed: 'The first user has passed a second factor',
  } satisfies Record<Step, string>,
  done: 'done',
  open: 'to do',
  activity: 'Sign-ins and challenges',
  days: (count: number) => `${count} days`,
  span: 'Time span',
  signIns: 'Sign-ins',
  signInsChart: 'Sign-ins, refused codes and wrong passwords by day',
  challengesChart: 'Passed second factors by method and day',
  challenges: 'Passed second factors',
  asked: 'Asked',
  passed: 'Passed',
  refused: 'Refused codes',
  wrongPasswords: 'Wrong passwords',
  day: 'Day',
  chart: 'Chart',
  table: 'Table',
  nothingYet: 'Nobody has signed in during this time.',
  last: 'Last entries of the audit log',
  allEntries: 'All entries',
  methods: {
    app: 'Authenticator app',
    passkey: 'Passkey',
    recovery: 'Recovery code',
    email: 'Email',
    sms: 'SMS',
    hardware: 'Security key',
  } as Readonly<Record<string, string>>,
}
