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
  reset: {
    subject: (site) => `Choose another password for ${site}`,
    open: (site) => `On this page you choose another password for your ${site} account:`,
    until: (until) =>
      `The link works once, until ${until}. If you use a second factor to sign in, you are asked for it before the new password counts.`,
    notYou: () => 'If you did not ask for this, leave the link alone: your password stays as it is.',
  },
  resetMailed: {
    subject: (site) => `Choose a password for ${site}`,
    open: (site) =>
      `The people who look after ${site} have sent you this link. On this page you choose the password of your ${site} account; nobody else sees it:`,
    until: (until) =>
      `The link works once, until ${until}. If you use a second factor to sign in, you may be asked for it before the password counts.`,
    notYou: (site) => `If you know nothing of it, leave the link alone, and ask the people who look after ${site}.`,
  },
  lost: {
    subject: (site) => `Somebody asked to begin anew at ${site} in your name`,
    open: (site) =>
      `With your password somebody said that you lost everything you prove your ${site} sign-ins with. If that was not you, take it back on this page:`,
    until: (until) => `The link works until ${until}, or until the request is decided.`,
    notYou: (site) =>
      `If it was you, leave the link alone, and call the people who look after ${site}. If it was not, change your password, too.`,
  },
  notices: {
    passkey_added: {
      subject: (site) => `A passkey was added to your ${site} account`,
      paragraphs: (site) => [
        `From now on this passkey opens your ${site} account.`,
        `If it was not you, somebody else can sign in as you: tell the people who look after ${site} at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}a passkey was added to your account. Not you? Tell your administrator at once.`,
    },
    authenticator_removed: {
      subject: (site) => `An authenticator was removed from your ${site} account`,
      paragraphs: (site) => [
        `It no longer opens your ${site} account, and you were signed out everywhere else.`,
        `If it was not you, tell the people who look after ${site} at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}an authenticator was removed from your account. Not you? Tell your administrator at once.`,
    },
    recovery_codes_made: {
      subject: (site) => `New recovery codes for your ${site} account`,
      paragraphs: (site) => [
        `Somebody who was signed in as you made new recovery codes for your ${site} account. Those you had before are worth nothing now.`,
        `If it was not you, tell the people who look after ${site} at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}new recovery codes were made for your account. Not you? Tell your administrator at once.`,
    },
    recovery_code_used: {
      subject: (site) => `A recovery code of your ${site} account was used`,
      paragraphs: (site) => [
        'It was accepted in place of your second factor, and cannot be used again.',
        `If it was not you, somebody else is in your ${site} account: tell the people who look after it at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}a recovery code of yours was used. Not you? Tell your administrator at once.`,
    },
    recovery_codes_few: {
      subject: (site) => `Few recovery codes are left for your ${site} account`,
      paragraphs: (site) => [
        'A recovery code was accepted in place of your second factor. Three or fewer are left: make new ones on your account page.',
        `If it was not you, somebody else is in your ${site} account: tell the people who look after it at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}a recovery code was used, and few are left. Not you? Tell your administrator at once.`,
    },
    password_changed: {
      subject: (site) => `The password of your ${site} account was changed`,
      paragraphs: (site) => [
        'You were signed out everywhere else, and no browser is remembered any more.',
        `If it was not you, tell the people who look after ${site} at once.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}your password was changed. Not you? Tell your administrator at once.`,
    },
    device_token_reused: {
      subject: (site) => `A remembered browser of your ${site} account may have been copied`,
      paragraphs: (site) => [
        `Somebody who knows your password showed an old cookie of a browser that ${site} remembers for you. That happens when a cookie was copied, and hardly ever by accident.`,
        'The browser is forgotten, and everybody who used its cookie is signed out. A security code is asked for again there.',
        `If you have not put back an old copy of your browser, change your password, and tell the people who look after ${site}.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}a remembered browser of yours may have been copied. Change your password.`,
    },
    recovery_requested: {
      subject: (site) => `Somebody asked to begin anew at ${site} in your name`,
      paragraphs: (site) => [
        `With your password somebody said that you lost everything you prove your ${site} sign-ins with.`,
        `If it was not you, tell the people who look after ${site} at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}with your password somebody said you lost your second factor. Not you? Tell your administrator.`,
    },
    recovery_approved: {
      subject: (site) => `Your request to begin anew at ${site} was approved`,
      paragraphs: (site) => [
        `Somebody who looks after ${site} has made sure that it is you who lost everything. With a code that they tell you, you can set up a new authenticator.`,
        `If you know nothing of it, tell the people who look after ${site} at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}your request to begin anew was approved. Not you? Tell your administrator at once.`,
    },
    codes_flooded: {
      subject: (site) => `Codes for your ${site} account are asked for again and again`,
      paragraphs: (site) => [
        `Many security codes were asked for with your password today, and nobody typed one back. For now, no more are sent.`,
        `If it was not you, somebody has your password for ${site}: change it, and tell the people who look after ${site}. Give no code to anybody, whoever asks.`,
        'Nobody got in with these codes. An authenticator app and recovery codes still work.',
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}many codes were asked for with your password. Not you? Change your password.`,
    },
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
    factor_disabled: {
      subject: (site) => `The second factor of your ${site} account is disabled`,
      paragraphs: (site) => [
        `Somebody who knows your password has typed a hundred wrong security codes at ${site}, one after another. No code opens your account any more.`,
        `Nobody got in with these codes. Your administrators were told; they can let you set up your second factor anew.`,
        `Change your password in any case: somebody else may know it.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}too many wrong codes: your second factor is disabled. Call your administrator.`,
    },
    user_factor_disabled: {
      subject: (site, { name }) => `The second factor of ${name} at ${site} is disabled`,
      paragraphs: (site, { name }) => [
        `A hundred wrong security codes in a row were typed for ${name} at ${site}. No code opens this account any more, and unlocking does not change that.`,
        `Whoever typed them knows the password. Ask ${name}, by a way you trust, whether it was them; then reset the authenticators, and let them choose another password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}a second factor was disabled after a hundred wrong codes. Look into the audit log.`,
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
    authenticators_reset: {
      subject: (site) => `Your second factor for ${site} was reset`,
      paragraphs: (site) => [
        `The authenticators of your ${site} account were removed, and you were signed out everywhere. You set up a new one when you next sign in.`,
        `If you did not ask for this, do not wait: tell the people who look after ${site}, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}your second factor was reset. Not you? Tell your administrator at once.`,
    },
    contact_changed: {
      subject: (site) => `The email address or phone number of your ${site} account was changed`,
      paragraphs: (site) => [
        `Codes and notices about your ${site} account no longer come to where you are reading this.`,
        `If you did not want that, tell the people who look after ${site} at once.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}codes for your account no longer come here. Not what you want? Tell your administrator.`,
    },
    contact_waiting: {
      subject: (site) => `Another email address or phone number was entered for your ${site} account`,
      paragraphs: (site) => [
        `A code was sent there. Codes keep coming to where they came before until you sign in to ${site} and type that code on the page of your account.`,
        `If you did not want that, type nothing, and tell the people who look after ${site} at once.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}another address was entered for your account; it waits for a code. Not you? Tell your administrator.`,
    },
    emergency_code: {
      subject: (site) => `An emergency code was made for your ${site} account`,
      paragraphs: (site) => [
        `On the server of ${site} somebody made a code that stands in for your second factor, once and within ten minutes.`,
        `If you know nothing of it, tell the people who look after ${site} at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}an emergency code was made for your account. Not you? Tell your administrator.`,
    },
    helpdesk_code: {
      subject: (site) => `The helpdesk made a code for your ${site} account`,
      paragraphs: (site) => [
        'It stands in for your second factor, once and within 60 minutes, together with your password.',
        `If you did not call the helpdesk of ${site}, somebody else did in your name: tell them at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}the helpdesk made a code for you. Did you not call? Tell them at once.`,
    },
    helpdesk_unlocked: {
      subject: (site) => `The helpdesk unlocked your ${site} account`,
      paragraphs: (site) => [
        'Codes are accepted again after too many wrong ones.',
        `If you did not call the helpdesk of ${site}, somebody else did in your name: tell them at once, and change your password.`,
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}the helpdesk unlocked your account. Did you not call? Tell them at once.`,
    },
    helpdesk_resent: {
      subject: (site) => `The helpdesk sent you your ${site} code again`,
      paragraphs: (site) => [
        'It went to the address or number that you have on file, and nobody at the helpdesk has seen it.',
        `If you did not call the helpdesk of ${site}, somebody else did in your name: give the code to nobody, and change your password.`,
      ],
      sms: (site) => `${site === '' ? '' : `${site}: `}the helpdesk sent you your code again. Give it to nobody.`,
    },
    bypass_ending: {
      subject: (site, { name }) => `The exemption of ${name} at ${site} is about to end`,
      paragraphs: (site, { name, until }) => [
        `You exempted ${name} from the second factor at ${site}. That ends by itself: ${until}.`,
        'From then on the second factor is asked for again. Nothing has to be done if that is right.',
        'If the reason still holds, grant a new exemption before that day. If it no longer does, you can end it now.',
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}an exemption from the second factor that you granted is about to end.`,
    },
    fail_mode_changed: {
      subject: (site) => `What ${site} does without a way to send codes was changed`,
      paragraphs: (site, { name }) => [
        `${name} changed the setting that says what happens at ${site} when neither email nor SMS is set up. It can let people in with the password alone.`,
        'If you know of this change, nothing has to be done. If you do not, look into the audit log, and set it back.',
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}what happens without codes was changed. If you know nothing of it, look into the audit log.`,
    },
    channel_removal: {
      subject: (site) => `The way ${site} sends its codes is to be taken away`,
      paragraphs: (site, { name, until }) => [
        `${name} asked to take away the server that brought you this message. It happens by itself: ${until}. Until then everything stays as it is.`,
        'If you know of this, nothing has to be done.',
        'If you do not, act today: keep the channel in the console under Settings, or with the command channels keep, and find out who asked. Without it people may come in by their password alone, or not at all.',
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}the way your codes are sent goes tomorrow. If you know nothing of it, keep it in the console.`,
    },
    channel_changed: {
      subject: (site) => `The way ${site} sends its codes was changed`,
      paragraphs: (site, { name }) => [
        `${name} changed or switched off the server that brought you this message. It is the last one over it: codes and notices of ${site} now take another way.`,
        'If you know of this change, nothing has to be done.',
        'If you do not, act at once: whoever owns the new way can read every code. Look into the audit log, and set the channel back.',
      ],
      sms: (site) =>
        `${site === '' ? '' : `${site}: `}the way your codes are sent was changed. If you know nothing of it, act at once.`,
    },
  },
}
