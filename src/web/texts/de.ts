import type { Channel } from '#domain/method.ts'
import { plural, type Translation } from '#domain/language.ts'
import { spokenSpan, spokenTime } from '#domain/spoken-time.ts'
import { html } from '../html.ts'
import { en } from './en.ts'
import type { Texts } from './texts.ts'

const BY: Record<Channel, string> = { email: 'per E-Mail', sms: 'per SMS' }
const THE: Record<Channel, string> = { email: 'Die E-Mail', sms: 'Die SMS' }
const left = plural('de', { one: 'Noch ein Versuch.', other: 'Noch # Versuche.' })

export const de: Translation<Texts> = {
  language: 'de',
  direction: 'ltr',
  ...spokenTime('de'),
  ...spokenSpan({
    second: plural('de', { one: '# Sekunde', other: '# Sekunden' }),
    minute: plural('de', { one: '# Minute', other: '# Minuten' }),
    hour: plural('de', { one: '# Stunde', other: '# Stunden' }),
    day: plural('de', { one: '# Tag', other: '# Tage' }),
  }),
  errorTitle: (title) => `Fehler: ${title}`,
  pageTitle: (title, site) => (title.includes(site) ? title : `${title} – ${site}`),
  languages: 'Sprache',

  signIn: {
    title: (site) => `Bei ${site} anmelden`,
    forApplication: (title) => `Sie melden sich bei ${title} an.`,
    username: 'Benutzername',
    password: 'Passwort',
    submit: 'Anmelden',
    signedInAs: (person) => html`Sie sind als ${person} angemeldet.`,
    toAccount: 'Zu Ihrem Konto',
    wrong: 'Der Benutzername oder das Passwort stimmt nicht.',
    incomplete: 'Geben Sie Ihren Benutzernamen und Ihr Passwort ein.',
    throttled: (until) => html`Zu viele falsche Passwörter. Ab ${until} können Sie es wieder versuchen.`,
    busy: 'Im Augenblick ist zu viel los. Es ist nichts verloren: Versuchen Sie es in einigen Sekunden noch einmal.',
    passwordAgain: 'Ihr Passwort stimmt. Geben Sie es noch einmal ein, um einen Code zu erhalten.',
    useApiKey: 'Dieses Konto gehört einem Programm. Es meldet sich mit einem API-Schlüssel an, nicht auf dieser Seite.',
    unknownApplication: (name) =>
      `Eine Anwendung „${name}“ gibt es hier nicht. Gehen Sie dorthin zurück, woher Sie kamen, und versuchen Sie es noch einmal.`,
    denied: {
      channelBlocked:
        'Sie brauchen einen Code, um sich anzumelden, aber hier ist nichts eingerichtet, was Ihnen einen bringen könnte.',
      noMethod:
        'Sie brauchen einen zweiten Nachweis, um sich anzumelden, aber es gibt keinen, den Sie verwenden oder einrichten könnten.',
    },
    over: 'Diese Anmeldung ist beendet. Geben Sie Ihr Passwort ein, um neu zu beginnen.',
    exhausted:
      'Zu viele falsche Codes, daher ist diese Anmeldung beendet. Geben Sie Ihr Passwort ein, um neu zu beginnen.',
    signedOut: 'Sie haben sich abgemeldet.',
    cancelled: 'Diese Anmeldung wurde abgebrochen. Sie können jetzt ein anderes Konto verwenden.',
  },

  code: {
    title: 'Geben Sie Ihren Sicherheitscode ein',
    signingInAs: (person) => html`Anmeldung als ${person}`,
    cancel: 'Anderes Konto verwenden',
    label: 'Sicherheitscode',
    hint: (number) => `${number} Ziffern; Leerzeichen stören nicht.`,
    submit: 'Weiter',
    remember: (length) => `Das ist mein eigenes Gerät: hier nicht wieder fragen für ${length}`,
    fromApp: 'Öffnen Sie Ihre Authenticator-App und geben Sie den Code ein, den sie für dieses Konto zeigt.',
    orFromApp: 'Ein Code aus Ihrer Authenticator-App geht auch.',
    sent: (channel, to) => html`Wir haben ${BY[channel]} einen Code an ${to} gesendet.`,
    sentInstead: (failed, channel, to) =>
      html`${THE[failed]} konnte nicht gesendet werden. Der Code ging stattdessen ${BY[channel]} an ${to}.`,
    onItsWay: (channel, to) => html`Ihr Code geht ${BY[channel]} an ${to}, ist aber noch nicht abgeschickt.`,
    look: 'Noch einmal nachsehen',
    validUntil: (until, length) => html`Er gilt noch ${length}, bis ${until}.`,
    timeIsUp: 'Seine Zeit ist abgelaufen. Fordern Sie einen neuen an.',
    triedAgain: 'Wir versuchen es weiter, solange der Code gilt.',
    sendFailed: (channel, to) => html`Wir konnten ${BY[channel]} keinen Code an ${to} senden.`,
    notSent:
      'Es wurde kein Code gesendet, weil in kurzer Zeit zu viele Nachrichten hinausgegangen sind. Versuchen Sie es später noch einmal.',
    wrong: (number) => `Dieser Code stimmt nicht. ${left(number)}`,
    expired: (number) => `Dieser Code ist abgelaufen. Fordern Sie einen neuen an. ${left(number)}`,
    malformed: (number) => `Geben Sie die ${number} Ziffern Ihres Codes ein.`,
    locked: (until) => html`Zu viele falsche Codes. Vor ${until} wird kein Code angenommen.`,
    lockedForGood: 'Zu viele falsche Codes. Es wird keiner mehr angenommen, bis ein Administrator Ihr Konto entsperrt.',
    appClock: (now) =>
      html`Immer noch abgelehnt? Codes hängen von der Uhrzeit ab: Stellen Sie Datum und Uhrzeit Ihres Telefons auf automatisch. Hier ist es ${now}.`,
    clockOff: (length, slow, now) =>
      html`Die Uhr Ihres Telefons geht etwa ${length} ${slow ? 'nach' : 'vor'}. Hier ist es ${now}. Prüfen Sie auf dem Telefon, ob Datum und Uhrzeit stimmen, ob sie automatisch gestellt werden und ob die Zeitzone stimmt.`,
    notReceived: 'Keinen Code erhalten?',
    otherWays: 'Andere Wege',
    appWay: 'Code aus Ihrer Authenticator-App',
    recommended: 'empfohlen',
    sendAgain: (channel, to) => html`Noch einmal ${BY[channel]} an ${to} senden`,
    send: (channel, to) => html`Einen Code ${BY[channel]} an ${to} senden`,
    sameCode:
      'Nachrichten können langsam sein oder im Spam-Ordner liegen. Wird er noch einmal angefordert, bleibt der Code derselbe, solange er gilt.',
    cooldown: (from) => html`Ab ${from} können Sie einen weiteren Code anfordern.`,
    sendLimit:
      'Jetzt kann kein weiterer Code gesendet werden: Die Grenze ist erreicht. Verwenden Sie einen, den Sie haben, oder versuchen Sie es später noch einmal.',
    notOffered: 'Auf diesem Weg kann jetzt kein Code gesendet werden.',
  },

  enrol: {
    title: 'Richten Sie Ihre Authenticator-App ein',
    why: 'Von jetzt an melden Sie sich mit Ihrem Passwort und einem Code von Ihrem Telefon an. Sie richten das einmal ein.',
    getApp: 'Holen Sie sich eine Authenticator-App auf Ihr Telefon, wenn Sie noch keine haben.',
    apps: en.enrol.apps,
    anyApp: 'jede andere App für TOTP-Codes',
    scan: 'Wählen Sie in der App „Konto hinzufügen“ und scannen Sie dieses Bild.',
    picture:
      'QR-Code für Ihre Authenticator-App. Wenn Sie ihn nicht scannen können, verwenden Sie den Schlüssel darunter.',
    onThisPhone: 'Auf diesem Telefon? In der App öffnen',
    cannotScan: 'Scannen geht nicht?',
    key: (account) => html`Geben Sie diesen Schlüssel in der App als zeitbasiertes Konto mit dem Namen ${account} ein:`,
    typeCode: 'Geben Sie den Code ein, den die App jetzt zeigt.',
    until: (until, length) => html`Das Bild gilt noch ${length}, bis ${until}.`,
    alsoMailed: (to) => html`Einen Link auf diese Seite haben wir auch an ${to} gesendet.`,
    over: 'Der QR-Code ist abgelaufen. Es ist noch nichts eingerichtet.',
    ended:
      'Dieser QR-Code zählt nicht mehr: Seine Zeit ist abgelaufen, oder zu viele Codes waren falsch. Holen Sie sich einen neuen.',
    renew: 'Neuen QR-Code zeigen',
    mailed: (to) =>
      html`Wir haben einen Link an ${to} gesendet. Öffnen Sie ihn, scannen Sie das Bild, das er zeigt, und geben Sie dann hier den Code ein.`,
    mailOnItsWay: (to) =>
      html`Ein Link ist unterwegs an ${to}. Öffnen Sie ihn, scannen Sie das Bild, das er zeigt, und geben Sie dann hier den Code ein.`,
    mailFailed: (to) => html`Der Link konnte nicht an ${to} gesendet werden.`,
    mailNotSent:
      'Es wurde kein Link gesendet, weil in kurzer Zeit zu viele Nachrichten hinausgegangen sind. Versuchen Sie es später noch einmal.',
    mailedCode: 'Code aus Ihrer App',
    linkUntil: (until, length) => html`Der Link gilt noch ${length}, bis ${until}.`,
    linkOver: 'Der Link ist abgelaufen. Es ist noch nichts eingerichtet.',
    sendLink: 'Neuen Link senden',
    noMail: 'Ihnen kann kein Link per E-Mail gesendet werden.',
    linkTitle: 'Richten Sie Ihre Authenticator-App ein',
    linkNeedsPassword:
      'Bevor wir Ihnen das Bild zum Scannen zeigen, geben Sie Ihren Benutzernamen und Ihr Passwort ein.',
    linkOfAnother:
      'Dieser Link gehört zu einer anderen Anmeldung als der in diesem Browser. Melden Sie sich mit dem Konto an, an das er ging.',
    linkOverTitle: 'Dieser Link ist abgelaufen',
    linkOverSignIn:
      'Links zum Einrichten einer App gelten nur kurze Zeit, und nur der neueste gilt. Melden Sie sich an, um einen neuen zu erhalten.',
    toSignIn: 'Anmelden',
  },

  account: {
    title: 'Ihr Konto',
    name: 'Name',
    application: 'Angemeldet bei',
    proved: 'Nachgewiesen mit',
    since: 'Seit',
    until: 'Endet',
    signOut: 'Abmelden',
    password: 'Passwort',
    app: 'Code aus einer Authenticator-App',
    code: { email: 'Code per E-Mail', sms: 'Code per SMS' },
    external: (provider) => `Anmeldung bei ${provider}`,
    issuedCode: { operator: 'Notfallcode', helpdesk: 'Code vom Helpdesk' },
    rules: {
      remembered_device: 'Dieser Browser war gemerkt, daher wurde nach keinem Code gefragt.',
      bypass: 'Ein Administrator hat Sie vom Code befreit.',
      trusted_network: 'Sie haben sich aus einem vertrauten Netz angemeldet, daher wurde nach keinem Code gefragt.',
      grace: 'Bald werden Sie gebeten, eine Authenticator-App einzurichten.',
    },
    degraded:
      'Sie wurden ohne zweiten Nachweis eingelassen, weil noch nichts eingerichtet ist, was Ihnen einen Code bringen könnte. ' +
      'Sobald das so ist, werden Sie nach einem gefragt. Wenn Sie für diese Site zuständig sind, richten Sie es jetzt ein.',
  },

  contacts: {
    title: 'Wer Ihnen helfen kann',
    phone: (number) => html`Telefon: ${number}`,
    email: (address) => html`E-Mail: ${address}`,
    reference: (reference) => html`Nennen Sie dort dieses Kennzeichen: ${reference}`,
  },
  stepUp: {
    title: 'Noch ein Nachweis',
    why: 'Die Anwendung, bei der Sie sich anmelden, verlangt Ihren zweiten Faktor.',
    submit: 'Weiter',
  },
  signOut: {
    title: (site) => `Von ${site} abmelden?`,
    why: 'Eine Anwendung bittet darum. Sie würden hier abgemeldet und von jeder Anwendung, bei der Sie sich von hier aus angemeldet haben.',
    submit: 'Abmelden',
    stay: 'Angemeldet bleiben',
  },
  failure: {
    back: 'Zurück zur Anmeldung',
    applicationTitle: 'Die Anwendung verlangte etwas, das nicht geht',
    fromApplication: (why) =>
      `Gehen Sie zur Anwendung zurück und beginnen Sie von vorn. Geschieht es wieder, sagen Sie denen Bescheid, die die Anwendung betreiben: ${why}.`,
  },
}
