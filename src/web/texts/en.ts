import type { Channel } from '#domain/method.ts'
import type { Duration, Instant } from '#domain/time.ts'
import { html } from '../html.ts'
import type { Texts } from './texts.ts'

const MONTHS = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(',')
const CHANNEL: Record<Channel, string> = { email: 'email', sms: 'SMS' }

// Written out here: the wording of the platform's formatter changes with its version.
function digits(...parts: number[]): string {
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

function clock(at: Instant): string {
  const date = new Date(at)
  return `${digits(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds())} UTC`
}

function moment(at: Instant): string {
  const date = new Date(at)
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return `${day}, ${digits(date.getUTCHours(), date.getUTCMinutes())} UTC`
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

function span(length: Duration): string {
  const wholeSeconds = Math.max(0, Math.floor(length / 1_000))
  if (wholeSeconds < 120) return count(wholeSeconds, 'second')
  // A code of ten minutes has some seconds less by the time it is read; "9 minutes" would be the wrong news.
  if (wholeSeconds < 7_200) return count(Math.round(wholeSeconds / 60), 'minute')
  return hours(Math.floor(wholeSeconds / 3_600))
}

function hours(number: number): string {
  return number % 24 === 0 && number > 24 ? count(number / 24, 'day') : count(number, 'hour')
}

function tries(left: number): string {
  return `${count(left, 'try', 'tries')} left.`
}

export const en: Texts = {
  language: 'en',
  direction: 'ltr',
  clock,
  moment,
  span,
  hours,
  errorTitle: (title) => `Error: ${title}`,
  pageTitle: (title, site) => (title.includes(site) ? title : `${title} – ${site}`),
  languages: 'Language',

  signIn: {
    title: (site) => `Sign in to ${site}`,
    forApplication: (title) => `You are signing in to ${title}.`,
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    forgotten: 'Forgotten your password?',
    signedInAs: (person) => html`You are signed in as ${person}.`,
    toAccount: 'Go to your account',
    wrong: 'The user name or the password is not right.',
    incomplete: 'Enter your user name and your password.',
    throttled: (until) => html`Too many wrong passwords. You can try again from ${until}.`,
    busy: 'Too much is going on at this moment. Nothing was lost: try again in a few seconds.',
    passwordAgain: 'Your password is right. Enter your password once more to receive a code.',
    useApiKey: 'This account belongs to a program. It signs in with an API key, not on this page.',
    unknownApplication: (name) =>
      `There is no application “${name}” here. Go back to where you came from and try again.`,
    denied: {
      channelBlocked: 'You need a code to sign in, but nothing is set up here that could bring you one.',
      noMethod: 'You need a second proof to sign in, but there is none that you could use or set up.',
    },
    over: 'This sign-in has ended. Enter your password to start again.',
    exhausted: 'Too many wrong codes, so this sign-in has ended. Enter your password to start again.',
    signedOut: 'You have signed out.',
    cancelled: 'That sign-in was stopped. You can use another account now.',
  },

  reset: {
    title: 'Choose another password',
    why: 'Type your user name. A link goes to the email address of your account.',
    submit: 'Send me a link',
    sent: 'If there is an account with this name that a link can help, it is on its way to the email address of the account. A link was sent a moment ago? Then that one still works.',
    noMail: 'No mail can be sent here. Ask the people who look after this site for another password.',
    newTitle: 'Choose another password',
    newWhy:
      'If you use a second factor to sign in, you are asked for it next. Then you are signed out everywhere, and sign in with the new password.',
    over: 'This link was used already, or is too old.',
    again: 'Ask for another link',
    mailboxOnly:
      'Your second factor is a code by email, and this link came by email, too: that would be one proof twice. Ask the people who look after this site for another password.',
    done: 'Your password is replaced. Sign in with the new one.',
  },

  lost: {
    link: 'Lost everything? Ask to begin anew',
    title: 'Everything is lost',
    why: 'Ask to begin anew. The people who look after this site make sure that it is you; then they tell you a code, and you set up another authenticator. You are told of the request at every address of your account.',
    note: 'What happened? One line helps them; you can leave it empty.',
    noteLong: 'Use one line of at most 200 characters.',
    submit: 'Ask to begin anew',
    asked: (at) => html`Your request was written down at ${at}.`,
    approved: 'It is approved.',
    waits: (until) => html`It can be ended from ${until} on, not before.`,
    call: 'Call the people who look after this site. They make sure who you are and tell you a code. They never ask for your password.',
    label: 'The code that they told you',
    finish: 'Begin anew',
    refused: 'This code does not do, or its ten minutes are over. Ask them for another one.',
    before: 'You asked a short while ago. You can ask again an hour after that.',
    nothing:
      'You hold no authenticator that could be lost: your codes come by email or SMS. If that address is lost, the people who look after this site can change it.',
    back: 'Back to the code',
    done: 'What you lost is worth nothing any more. Sign in, and set up a new authenticator.',
    cancelTitle: 'Take the request back',
    cancelWhy:
      'Somebody who knows your password has said that you lost everything you prove your sign-ins with, and asked to begin anew. If that was not you, take it back.',
    cancelSubmit: 'It was not me: take it back',
    cancelled: 'The request is taken back. Whoever made it knows your password: change it now.',
    cancelOver: 'There is nothing to take back any more.',
  },

  code: {
    title: 'Enter your security code',
    signingInAs: (person) => html`Signing in as ${person}`,
    cancel: 'Use another account',
    label: 'Security code',
    hint: (number) => `${number} digits; spaces do not matter.`,
    submit: 'Continue',
    remember: (length) => `This is my own device: don’t ask here again for ${length}`,
    fromApp: 'Open your authenticator app and type the code that it shows for this account.',
    fromToken: 'Press the button of your hardware token and type the code that it shows.',
    fromPaper: 'Or type one of your recovery codes.',
    orFromApp: 'A code from your authenticator app works too.',
    sent: (channel, to) => html`We sent a code by ${CHANNEL[channel]} to ${to}.`,
    sentInstead: (failed, channel, to) =>
      html`The ${CHANNEL[failed]} could not be sent. The code went by ${CHANNEL[channel]} to ${to} instead.`,
    onItsWay: (channel, to) => html`Your code is on its way by ${CHANNEL[channel]} to ${to}, but it has not left yet.`,
    look: 'Look again',
    validUntil: (until, left) => html`It works for ${left}, until ${until}.`,
    timeIsUp: 'Its time is up. Ask for a new one.',
    triedAgain: 'We keep trying for as long as the code works.',
    sendFailed: (channel, to) => html`We could not send a code by ${CHANNEL[channel]} to ${to}.`,
    notSent: 'No code was sent, because too many messages have gone out in a short time. Try again later.',
    wrong: (left) => `That code is not right. ${tries(left)}`,
    expired: (left) => `That code has expired. Ask for a new one. ${tries(left)}`,
    malformed: (number) => `Type the ${number} digits of your code.`,
    locked: (until) => html`Too many wrong codes. No code is accepted before ${until}.`,
    lockedForGood: 'Too many wrong codes. No code is accepted until an administrator unlocks your account.',
    appClock: (now) =>
      html`Still refused? Codes depend on the time: set your phone’s date and time to automatic. It is ${now} here.`,
    clockOff: (length, slow, now) =>
      html`Your phone’s clock is about ${length} ${slow ? 'slow' : 'fast'}. It is ${now} here. On your phone, check that date and time are right, that they are set automatically, and that the time zone is right.`,
    notReceived: 'Not received a code?',
    otherWays: 'Other ways',
    appWay: 'Code from your authenticator app',
    recommended: 'recommended',
    sendAgain: (channel, to) => html`Send it again by ${CHANNEL[channel]} to ${to}`,
    send: (channel, to) => html`Send a code by ${CHANNEL[channel]} to ${to}`,
    smsRisk: 'Others can take over a phone number or read its messages.',
    betterThanSms: 'An authenticator app or a passkey is safer: set one up on your account page.',
    sameCode:
      'Messages can be slow, or lie among your unwanted mail. Asked for again, the code stays the same while it works.',
    cooldown: (from) => html`You can ask for another code from ${from}.`,
    sendLimit: 'No further code can be sent now: the limit is reached. Use a code you have, or try again later.',
    notOffered: 'A code cannot be sent that way now.',
  },

  enrol: {
    title: 'Set up your authenticator app',
    why: 'From now on you sign in with your password and a code from your phone. You set this up once.',
    getApp: 'Get an authenticator app on your phone, if you have none yet.',
    apps: [
      'Google Authenticator',
      'Microsoft Authenticator',
      'Authy',
      'LastPass Authenticator',
      'Duo Mobile',
      'FreeOTP',
    ],
    anyApp: 'any other app for TOTP codes',
    scan: 'In the app, choose to add an account, and scan this picture.',
    picture: 'QR code for your authenticator app. If you cannot scan it, use the key below.',
    onThisPhone: 'On this phone? Open it in your app',
    cannotScan: 'Cannot scan it?',
    key: (account) => html`Type this key into the app as a time-based account named ${account}:`,
    typeCode: 'Type the code that the app shows now.',
    until: (until, left) => html`The picture works for ${left}, until ${until}.`,
    alsoMailed: (to) => html`We also sent a link to this page to ${to}.`,
    over: 'The QR code has expired. Nothing is set up yet.',
    ended: 'This QR code does not count any more: its time is up, or too many codes were wrong. Get a new one.',
    renew: 'Show a new QR code',
    mailed: (to) => html`We sent a link to ${to}. Open it, scan the picture that it shows, then enter the code here.`,
    mailOnItsWay: (to) =>
      html`A link is on its way to ${to}. Open it, scan the picture that it shows, then enter the code here.`,
    mailFailed: (to) => html`The link could not be sent to ${to}.`,
    mailNotSent: 'No link was sent, because too many messages have gone out in a short time. Try again later.',
    mailedCode: 'Code from your app',
    linkUntil: (until, left) => html`The link works for ${left}, until ${until}.`,
    linkOver: 'The link has expired. Nothing is set up yet.',
    sendLink: 'Send a new link',
    noMail: 'No link can be sent to you by email.',
    linkTitle: 'Set up your authenticator app',
    linkNeedsPassword: 'Before we show you the picture to scan, enter your user name and your password.',
    linkOfAnother:
      'This link belongs to another sign-in than the one in this browser. Sign in with the account it was sent to.',
    linkOverTitle: 'This link has expired',
    linkOverSignIn:
      'Links to set up an app work only for a short time, and only the newest one works. Sign in to get a new one.',
    toSignIn: 'Sign in',
  },

  passkey: {
    signIn: 'Use a passkey instead',
    ask: 'Confirm with your passkey or security key.',
    use: 'Use your passkey',
    orCode: 'Or type a code:',
    refused: 'This passkey was not accepted here. Sign in with your user name and password, or try once more.',
    failed: 'The browser got no answer from a passkey. Try once more, or use another way.',
    known: 'This device is registered already.',
    unsupported: 'This browser cannot use passkeys. Use another way, or a newer browser.',
    needsScript: 'Passkeys need JavaScript, which is switched off in this browser.',
    notHere: {
      insecure: 'Passkeys can only be used over a secure connection (https), and this page is not.',
      address: 'Passkeys need a host name, and this page is reached by a bare address.',
    },
  },
  account: {
    title: 'Your account',
    name: 'Name',
    application: 'Signed in to',
    proved: 'Proved with',
    since: 'Since',
    until: 'Ends',
    signOut: 'Sign out',
    password: 'password',
    app: 'code from an authenticator app',
    passkey: 'passkey',
    hardware: 'code from a hardware token',
    recovery: 'recovery code',
    code: { email: 'code by email', sms: 'code by SMS' },
    external: (provider) => `sign-in at ${provider}`,
    issuedCode: { operator: 'emergency code', helpdesk: 'code from the helpdesk' },
    rules: {
      remembered_device: 'This browser was remembered, so no code was asked for.',
      bypass: 'An administrator has exempted you from the code.',
      trusted_network: 'You signed in from a trusted network, so no code was asked for.',
      grace: 'Soon you will be asked to set up an authenticator app.',
    },
    degraded:
      'You were let in without a second proof, because nothing is set up yet that could bring you a code. ' +
      'Once it is, you will be asked for one. If you look after this site, set it up now.',
    own: {
      back: 'Back to your account',
      factors: 'How you prove that it is you',
      noFactors: 'Nothing is set up besides your password and the addresses on your file.',
      encourageSecond: 'Set up a second one: if you lose this, you still get in.',
      kinds: { app: 'Authenticator app', passkey: 'Passkey or security key', hardware: 'Hardware token' },
      used: (at) => html`Last used ${at}`,
      neverUsed: 'Not used yet',
      name: 'Name',
      rename: 'Save the name',
      remove: 'Remove, or lost',
      removed: 'It was removed. You were signed out everywhere else.',
      lastFactor: 'This is the last way in that you have, and one is required of you. Set up another one first.',
      addApp: 'Add an authenticator app',
      addPasskey: 'Add a passkey or security key',
      passkeyTitle: 'Add a passkey',
      passkeyWhat:
        'A passkey is kept by this device or on a security key, and opened with your finger, your face or a PIN. A false page cannot use it.',
      passkeyName: 'A name, to know it again',
      passkeyMake: 'Make the passkey',
      passkeyAdded: 'The passkey is added.',
      passkeyRefused:
        'The passkey could not be added: the answer of the browser was not accepted, or came too late. Try once more.',
      passkeyKnown: 'This passkey is registered already.',
      passkeyNotAllowed: 'Passkeys are not among the methods that are allowed for you.',
      endOthers: 'Sign me out everywhere else',
      recovery: 'Recovery codes',
      recoveryLeft: (left) => `${count(left, 'recovery code is', 'recovery codes are')} left.`,
      recoveryNone: 'You have no recovery codes. They get you in when your phone or key is lost.',
      recoveryFew: 'Few recovery codes are left. Make new ones.',
      recoveryWhat:
        'Each of the ten codes stands in for your second factor once. Print them or put them into a password manager; they are shown this one time.',
      recoveryMake: 'Make new recovery codes',
      recoveryShown: 'Keep these codes where nobody else finds them. Earlier ones are worth nothing any more.',
      recoveryPrint: 'Print this page with the print command of your browser.',
      recoverySaved: 'I saved them',
      recoveryKept: 'The recovery codes can be used from now on.',
      recoveryOver: 'These codes were replaced by newer ones.',
      recoveryForced: 'As an administrator you need recovery codes: nobody else may be there to let you in.',
      usedRecovery: 'You signed in with a recovery code. Set up a new authenticator, and remove the one that you lost.',
      devices: 'Remembered browsers',
      noDevices: 'No browser is remembered.',
      deviceSince: (browser, at) => html`<bdi>${browser}</bdi>, remembered since ${at}`,
      forget: 'Forget',
      forgetAll: 'Forget all of them',
      forgotten: 'A code will be asked for there next time.',
      sessions: 'Where you are signed in',
      sessionSince: (browser, address, at) => html`<bdi>${browser}</bdi> at <bdi>${address}</bdi>, since ${at}`,
      thisSession: 'this one',
      end: 'Sign out there',
      endAll: 'Sign out everywhere else',
      ended: 'Signed out there.',
      password: 'Password',
      passwordChange: 'Change the password',
      current: 'Password of now',
      wanted: 'New password',
      passwordSave: 'Change the password',
      passwordChanged: 'The password is changed. You were signed out everywhere else.',
      passwordWrong: 'The password of now is not right.',
      passwordShort: 'A password needs at least 8 characters.',
      passwordGuessed: 'This password is one of those that are guessed first. Choose another one.',
      passwordLong: 'A password has 256 characters at most.',
      proveTitle: 'Confirm that it is you',
      proveWhy: 'Before something that protects your account is changed, your password is asked for once more.',
      prove: 'Confirm that it is you',
      gone: 'That is not there any more.',
      named: 'The name is saved.',
      address: 'A new address of yours',
      addressWhy: (where) =>
        html`A code was sent to ${where}. Type it here, and codes go there from then on; until then they go where they went before.`,
      addressCode: 'Code that came there',
      addressProve: 'Use this address',
      addressProved: 'The new address is proved. Codes go there from now on.',
      addressWrong: 'That code was not right. After five wrong ones your administrator has to enter the address again.',
    },
  },

  contacts: {
    title: 'Who can help you',
    phone: (number) => html`Phone: ${number}`,
    email: (address) => html`Email: ${address}`,
    reference: (reference) => html`Tell them this reference: ${reference}`,
  },
  stepUp: {
    title: 'One more proof',
    why: 'The application you are signing in to asks for your second factor.',
    submit: 'Go on',
  },
  external: {
    signIn: (provider) => `Sign in with ${provider}`,
    title: 'Not signed in',
    unknown: 'You have signed in elsewhere, but nobody of that name may come in here. Ask whoever runs this site.',
    refused: 'The answer of the other sign-in cannot be used. Start again; it works once, in the browser it began in.',
    locked: 'The second step is locked after too many failed codes. Try again later, or ask whoever runs this site.',
  },
  signOut: {
    title: (site) => `Sign out of ${site}?`,
    why: 'An application asks for it. You would be signed out here, and of every application you have signed in to from here.',
    submit: 'Sign out',
    stay: 'Stay signed in',
  },
  failure: {
    back: 'Back to sign in',
    applicationTitle: 'The application asked for something that cannot be done',
    fromApplication: (why) =>
      `Go back to the application and start again. If it happens again, tell whoever runs the application: ${why}.`,
    problems: {
      not_found: { title: 'Not found', detail: () => 'There is nothing at this address.' },
      cross_origin: {
        title: 'Request from elsewhere',
        detail: () => 'With a cookie, changes are made only by pages of this server.',
      },
      busy: { title: 'Busy', detail: () => 'Too much at once. Nothing was done; try again in a moment.' },
      unavailable: {
        title: 'Unavailable',
        detail: () => 'The database cannot be reached. Nothing was done; try again.',
      },
      internal: {
        title: 'Internal error',
        detail: (request) => `Something went wrong on the server. Whoever runs it finds it under ${request}.`,
      },
    },
  },
}
