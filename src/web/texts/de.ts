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
    forgotten: 'Passwort vergessen?',
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

  reset: {
    title: 'Neues Passwort wählen',
    why: 'Geben Sie Ihren Benutzernamen ein. Ein Link geht an die E-Mail-Adresse Ihres Kontos.',
    submit: 'Link senden',
    sent: 'Wenn es ein Konto mit diesem Namen gibt, dem ein Link hilft, ist er unterwegs an die E-Mail-Adresse des Kontos. Wurde eben erst einer gesendet? Dann gilt dieser noch.',
    noMail:
      'Von hier kann keine E-Mail gesendet werden. Bitten Sie diejenigen, die für diese Site zuständig sind, um ein neues Passwort.',
    newTitle: 'Neues Passwort wählen',
    newWhy:
      'Wenn Sie sich mit einem zweiten Faktor anmelden, wird als Nächstes danach gefragt. Danach werden Sie überall abgemeldet und melden sich mit dem neuen Passwort an.',
    over: 'Dieser Link wurde schon verwendet oder ist zu alt.',
    again: 'Neuen Link anfordern',
    mailboxOnly:
      'Ihr zweiter Faktor ist ein Code per E-Mail, und auch dieser Link kam per E-Mail: Das wäre derselbe Nachweis zweimal. Bitten Sie diejenigen, die für diese Site zuständig sind, um ein neues Passwort.',
    done: 'Ihr Passwort ist ersetzt. Melden Sie sich mit dem neuen an.',
  },

  lost: {
    link: 'Alles verloren? Um einen Neuanfang bitten',
    title: 'Alles ist verloren',
    why: 'Bitten Sie darum, neu anzufangen. Die für diese Seite Zuständigen vergewissern sich, dass Sie es sind; dann nennen sie Ihnen einen Code, und Sie richten einen anderen Authenticator ein. Sie werden unter jeder Adresse Ihres Kontos über die Bitte benachrichtigt.',
    note: 'Was ist geschehen? Eine Zeile hilft; Sie können sie leer lassen.',
    noteLong: 'Schreiben Sie eine Zeile mit höchstens 200 Zeichen.',
    submit: 'Um einen Neuanfang bitten',
    asked: (at) => html`Ihre Bitte wurde festgehalten: ${at}.`,
    approved: 'Sie ist genehmigt.',
    waits: (until) => html`Abschließen können Sie sie ab ${until}, nicht früher.`,
    call: 'Rufen Sie die für diese Seite Zuständigen an. Sie vergewissern sich, wer Sie sind, und nennen Ihnen einen Code. Nach Ihrem Passwort fragen sie nie.',
    label: 'Der Code, der Ihnen genannt wurde',
    finish: 'Neu anfangen',
    refused: 'Dieser Code gilt nicht, oder seine zehn Minuten sind um. Lassen Sie sich einen anderen geben.',
    before: 'Sie haben vor kurzem darum gebeten. Eine Stunde danach können Sie es wieder.',
    nothing:
      'Sie haben keinen Authenticator, der verloren sein könnte: Ihre Codes kommen per E-Mail oder SMS. Ist diese Adresse verloren, können die für diese Seite Zuständigen sie ändern.',
    back: 'Zurück zum Code',
    done: 'Was Sie verloren haben, ist nichts mehr wert. Melden Sie sich an und richten Sie einen neuen Authenticator ein.',
    cancelTitle: 'Die Bitte zurücknehmen',
    cancelWhy:
      'Jemand, der Ihr Passwort kennt, hat gesagt, Sie hätten alles verloren, womit Sie Ihre Anmeldung bestätigen, und um einen Neuanfang gebeten. Wenn Sie das nicht waren, nehmen Sie die Bitte zurück.',
    cancelSubmit: 'Das war ich nicht: zurücknehmen',
    cancelled: 'Die Bitte ist zurückgenommen. Wer sie gestellt hat, kennt Ihr Passwort: Ändern Sie es jetzt.',
    cancelOver: 'Es gibt nichts mehr zurückzunehmen.',
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
    fromToken: 'Drücken Sie den Knopf Ihres Hardware-Tokens und geben Sie den Code ein, den es zeigt.',
    fromPaper: 'Oder geben Sie einen Ihrer Wiederherstellungscodes ein.',
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
    smsRisk: 'Andere können eine Telefonnummer übernehmen oder ihre Nachrichten lesen.',
    betterThanSms: 'Eine Authenticator-App oder ein Passkey ist sicherer: Richten Sie sie auf Ihrer Kontoseite ein.',
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

  passkey: {
    signIn: 'Stattdessen einen Passkey verwenden',
    ask: 'Bestätigen Sie mit Ihrem Passkey oder Sicherheitsschlüssel.',
    use: 'Passkey verwenden',
    orCode: 'Oder geben Sie einen Code ein:',
    refused:
      'Dieser Passkey wurde hier nicht angenommen. Melden Sie sich mit Benutzername und Passwort an, oder versuchen Sie es noch einmal.',
    failed:
      'Der Browser erhielt von keinem Passkey eine Antwort. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.',
    known: 'Dieses Gerät ist schon registriert.',
    unsupported:
      'Dieser Browser kann keine Passkeys verwenden. Wählen Sie einen anderen Weg oder nehmen Sie einen neueren Browser.',
    needsScript: 'Passkeys brauchen JavaScript, und das ist in diesem Browser ausgeschaltet.',
    notHere: {
      insecure: 'Passkeys gehen nur über eine sichere Verbindung (https), und die hat diese Seite nicht.',
      address: 'Passkeys brauchen einen Hostnamen, und diese Seite wurde über eine bloße Adresse aufgerufen.',
    },
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
    passkey: 'Passkey',
    hardware: 'Code aus einem Hardware-Token',
    recovery: 'Wiederherstellungscode',
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
    own: {
      back: 'Zurück zu Ihrem Konto',
      factors: 'Wie Sie nachweisen, dass Sie es sind',
      noFactors: 'Außer Ihrem Passwort und Ihren hinterlegten Adressen ist nichts eingerichtet.',
      encourageSecond:
        'Richten Sie einen zweiten Nachweis ein: Dann kommen Sie auch hinein, wenn Sie diesen verlieren.',
      kinds: { app: 'Authenticator-App', passkey: 'Passkey oder Sicherheitsschlüssel', hardware: 'Hardware-Token' },
      used: (at) => html`Zuletzt verwendet: ${at}`,
      neverUsed: 'Noch nicht verwendet',
      name: 'Name',
      rename: 'Namen speichern',
      remove: 'Entfernen oder verloren melden',
      removed: 'Entfernt. Sie wurden überall sonst abgemeldet.',
      lastFactor:
        'Das ist Ihr letzter Nachweis, und einer wird von Ihnen verlangt. Richten Sie zuerst einen anderen ein.',
      addApp: 'Authenticator-App hinzufügen',
      addPasskey: 'Passkey oder Sicherheitsschlüssel hinzufügen',
      passkeyTitle: 'Passkey hinzufügen',
      passkeyWhat:
        'Ein Passkey liegt auf diesem Gerät oder auf einem Sicherheitsschlüssel. Sie öffnen ihn mit Finger, Gesicht oder PIN. Eine gefälschte Seite kann ihn nicht verwenden.',
      passkeyName: 'Ein Name, an dem Sie ihn erkennen',
      passkeyMake: 'Passkey erstellen',
      passkeyAdded: 'Der Passkey ist hinzugefügt.',
      passkeyRefused:
        'Der Passkey konnte nicht hinzugefügt werden: Die Antwort des Browsers wurde nicht angenommen oder kam zu spät. Versuchen Sie es noch einmal.',
      passkeyKnown: 'Dieser Passkey ist schon registriert.',
      passkeyNotAllowed: 'Passkeys sind für Sie nicht zugelassen.',
      endOthers: 'Überall sonst abmelden',
      recovery: 'Wiederherstellungscodes',
      recoveryLeft: plural('de', {
        one: 'Noch # Wiederherstellungscode übrig.',
        other: 'Noch # Wiederherstellungscodes übrig.',
      }),
      recoveryNone:
        'Sie haben keine Wiederherstellungscodes. Mit ihnen kommen Sie hinein, wenn Telefon oder Schlüssel verloren sind.',
      recoveryFew: 'Es sind nur noch wenige Wiederherstellungscodes übrig. Erstellen Sie neue.',
      recoveryWhat:
        'Jeder der zehn Codes ersetzt einmal Ihren zweiten Faktor. Drucken Sie sie aus oder legen Sie sie in einem Passwort-Manager ab; sie werden nur dieses eine Mal gezeigt.',
      recoveryMake: 'Neue Wiederherstellungscodes erstellen',
      recoveryShown: 'Bewahren Sie diese Codes dort auf, wo niemand sonst sie findet. Frühere gelten nicht mehr.',
      recoveryPrint: 'Drucken Sie diese Seite mit dem Druckbefehl Ihres Browsers.',
      recoverySaved: 'Ich habe sie aufbewahrt',
      recoveryKept: 'Die Wiederherstellungscodes gelten von jetzt an.',
      recoveryOver: 'Diese Codes wurden durch neuere ersetzt.',
      recoveryForced:
        'Als Administrator brauchen Sie Wiederherstellungscodes: Vielleicht ist sonst niemand da, der Sie einlassen kann.',
      usedRecovery:
        'Sie haben sich mit einem Wiederherstellungscode angemeldet. Richten Sie einen neuen Nachweis ein und entfernen Sie den verlorenen.',
      devices: 'Gemerkte Browser',
      noDevices: 'Es ist kein Browser gemerkt.',
      deviceSince: (browser, at) => html`<bdi>${browser}</bdi>, gemerkt seit ${at}`,
      forget: 'Vergessen',
      forgetAll: 'Alle vergessen',
      forgotten: 'Dort wird beim nächsten Mal nach einem Code gefragt.',
      sessions: 'Wo Sie angemeldet sind',
      sessionSince: (browser, address, at) =>
        html`<bdi>${browser}</bdi> von <bdi dir="ltr">${address}</bdi>, seit ${at}`,
      thisSession: 'diese hier',
      end: 'Dort abmelden',
      endAll: 'Überall sonst abmelden',
      ended: 'Dort abgemeldet.',
      password: 'Passwort',
      passwordChange: 'Passwort ändern',
      current: 'Aktuelles Passwort',
      wanted: 'Neues Passwort',
      passwordSave: 'Passwort ändern',
      passwordChanged: 'Das Passwort ist geändert. Sie wurden überall sonst abgemeldet.',
      passwordWrong: 'Das aktuelle Passwort stimmt nicht.',
      passwordShort: 'Ein Passwort braucht mindestens 8 Zeichen.',
      passwordLong: 'Ein Passwort hat höchstens 256 Zeichen.',
      passwordGuessed: 'Dieses Passwort gehört zu denen, die zuerst geraten werden. Wählen Sie ein anderes.',
      proveTitle: 'Bestätigen Sie, dass Sie es sind',
      proveWhy: 'Bevor etwas geändert wird, das Ihr Konto schützt, wird noch einmal nach Ihrem Passwort gefragt.',
      prove: 'Bestätigen',
      gone: 'Das gibt es nicht mehr.',
      named: 'Der Name ist gespeichert.',
      address: 'Eine neue Adresse',
      addressWhy: (where) =>
        html`An ${where} ging ein Code. Geben Sie ihn hier ein, dann gehen Codes künftig dorthin; bis dahin gehen sie dahin, wo sie bisher ankamen.`,
      addressCode: 'Code, der dort ankam',
      addressProve: 'Diese Adresse verwenden',
      addressProved: 'Die neue Adresse ist bestätigt. Codes gehen ab jetzt dorthin.',
      addressWrong:
        'Dieser Code war nicht richtig. Nach fünf falschen muss Ihr Administrator die Adresse neu eintragen.',
    },
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
  external: {
    signIn: (provider) => `Mit ${provider} anmelden`,
    title: 'Nicht angemeldet',
    unknown:
      'Sie haben sich anderswo angemeldet, aber unter diesem Namen darf hier niemand hinein. Fragen Sie die, die diese Site betreiben.',
    refused:
      'Die Antwort der anderen Anmeldung ist nicht zu gebrauchen. Beginnen Sie von vorn; sie gilt einmal, in dem Browser, in dem sie begann.',
    locked:
      'Der zweite Schritt ist nach zu vielen falschen Codes gesperrt. Versuchen Sie es später noch einmal, oder fragen Sie die, die diese Site betreiben.',
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
    problems: {
      not_found: { title: 'Nicht gefunden', detail: () => 'Unter dieser Adresse gibt es nichts.' },
      cross_origin: { title: 'Anfrage von anderswo', detail: () => 'Geändert wird nur von Seiten dieses Servers aus.' },
      busy: {
        title: 'Überlastet',
        detail: () => 'Zu viel auf einmal. Es ist nichts geschehen; versuchen Sie es gleich noch einmal.',
      },
      unavailable: {
        title: 'Nicht verfügbar',
        detail: () => 'Die Datenbank ist nicht erreichbar. Es ist nichts geschehen; versuchen Sie es noch einmal.',
      },
      internal: {
        title: 'Interner Fehler',
        detail: (request) => `Auf dem Server ist etwas schiefgegangen. Wer ihn betreibt, findet es unter ${request}.`,
      },
    },
  },
}
