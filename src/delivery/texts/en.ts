import type { Instant } from '#domain/time.ts'
import type { Texts } from './texts.ts'

const MONTHS = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(',')

/** `22 November 2026, 14:05 UTC`. Written out here: the wording of the platform's formatter changes with its version. */
function moment(at: Instant): string {
  const date = new Date(at)
  const time = [date.getUTCHours(), date.getUTCMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${time} UTC`
}

export const en: Texts = {
  language: 'en',
  direction: 'ltr',
  moment,
  browser({ browser, system }) {
    if (browser !== null && system !== null) return `${browser} on ${system}`
    return browser ?? system ?? 'not one we know'
  },
  labels: { person: 'For', when: 'When', browser: 'Browser', address: 'Network address' },
  code: {
    rest: (site) => ` is your ${site} security code`,
    title: 'Security code',
    use: (until) => `Type it on the page that asks for it. It works once, until ${until}.`,
    notYou: (site) =>
      `If this was not you, somebody else knows your password: change it, and tell the people who look after ${site}. ` +
      'Give this code to nobody, whoever asks.',
    sms: (site) => (site === '' ? ' is your security code.' : ` is your ${site} security code.`),
  },
  enrolment: {
    subject: (site) => `Set up your authenticator app for ${site}`,
    open: (site) => `On this page you connect an authenticator app with your ${site} account:`,
    until: (until) =>
      `The link works until ${until}. Opening it changes nothing: the app counts once you have typed a first code from it.`,
    notYou: (site) =>
      'If you were not signing in just now, leave the link alone: somebody else knows your password. ' +
      `Change it, and tell the people who look after ${site}.`,
  },
  notices: {
    factor_locked: {
      subject: (site) => `Too many wrong security codes for your ${site} account`,
      paragraphs: (site) => [
        `Somebody who knows your password has typed too many wrong security codes at ${site}. No code is accepted for a while.`,
        'If it was you, wait a little and sign in again.',
        `If it was not you, change your password, and tell the people who look after ${site}. Nobody got in with these codes.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}somebody who knows your password typed too many wrong codes. Not you? Change your password.`,
    },
    authenticator_added: {
      subject: (site) => `An authenticator app was added to your ${site} account`,
      paragraphs: (site) => [
        `From now on codes of this app open your ${site} account together with your password.`,
        `If it was not you, somebody else can sign in as you: tell the people who look after ${site} at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}an authenticator app was added to your account. Not you? Tell your administrator at once.`,
    },
  },
}
