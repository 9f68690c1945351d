import type { Texts } from '../texts.ts'

const users = (count: number): string => `${count} Benutzer`

export const standing: Texts['standing'] = {
  not_required: 'Nicht gefragt',
  exempt: 'Befreit',
  ready: 'Geschützt',
  grace: 'Frist läuft',
  let_in: 'Ungefragt eingelassen',
  must_enrol: 'Muss einrichten',
  refused: 'Kommt nicht hinein',
}

export const standingMeans: Texts['standingMeans'] = {
  not_required: 'Von diesem Benutzer wird kein zweiter Faktor verlangt.',
  exempt: 'Ein Administrator hat diesen Benutzer befreit.',
  ready: 'Ein zweiter Faktor wird verlangt, und dieser Benutzer hat einen.',
  grace: 'Ein zweiter Faktor wird bald verlangt; bis dahin genügt das Passwort.',
  let_in: 'Ein zweiter Faktor wird verlangt, aber der Kanal wurde nie eingerichtet; deshalb genügt das Passwort.',
  must_enrol: 'Bei der nächsten Anmeldung muss zuerst ein Authenticator eingerichtet werden.',
  refused: 'Die nächste Anmeldung wird abgelehnt: Nichts, was dieser Benutzer hat, ist erlaubt.',
}

export const overview: Texts['overview'] = {
  on: 'Die Zwei-Faktor-Anmeldung ist an',
  off: 'Die Zwei-Faktor-Anmeldung ist aus',
  onSays: (covered, of) =>
    `${covered} von ${users(of)}n, die einen zweiten Faktor brauchen, können sich jetzt damit anmelden.`,
  offSays: 'Alle melden sich allein mit dem Passwort an. Sehen Sie vor dem Einschalten, wen es träfe.',
  switchOn: 'Einschalten',
  covered: 'Geschützt',
  coveredSays: 'haben einen Faktor, der geht',
  stuck: 'Kämen nicht weiter',
  stuckSays: 'müssen einrichten oder kommen nicht hinein',
  locked: 'Gesperrt',
  lockedSays: 'nach falschen Codes',
  exempt: 'Befreit',
  exemptSays: (share) => `${share} aller Benutzer`,
  exemptNotice: (count, of, share) =>
    `${count} von ${users(of)}n (${share}) sind befreit. Wo sich mehrere ein Konto teilen, ist ein eigenes Konto für jede Person besser als eine Befreiung.`,
  failed: 'Nachrichten gescheitert',
  failedSays: 'in den letzten 24 Stunden',
  unreadable: 'Eine Einstellung ist nicht lesbar',
  unreadableSays: (keys) =>
    `Der Standort wird so streng wie möglich behandelt, bis ${keys} einen neuen Wert hat oder auf den Standard zurückgesetzt ist.`,
  notConfigured: { email: 'E-Mail ist nicht eingerichtet', sms: 'SMS ist nicht eingerichtet' },
  notConfiguredSays:
    'Auf diesem Weg kann kein Code gehen. Was dann geschieht, sagt die Einstellung „Wenn ein Kanal nie eingerichtet wurde“.',
  letIn: (count) => `${users(count)} ohne zweiten Faktor eingelassen`,
  letInSays: 'Der Kanal für ihren Code wurde nie eingerichtet, und dieser Standort lässt sie trotzdem ein.',
  failing: { email: 'E-Mails kommen nicht an', sms: 'SMS kommen nicht an' },
  failingSays: (failed, sent) =>
    `${failed} von ${sent} Nachrichten der letzten 24 Stunden konnten nicht übergeben werden.`,
  look: 'Ansehen',
  checklist: 'Bis der erste Benutzer durch ist',
  checklistSays: 'Niemand wird unterwegs ausgesperrt: Jeder Schritt sagt, was fehlt.',
  steps: {
    channel: 'Ein Weg für Codes ist eingerichtet',
    administrator: 'Ein Administrator hat einen Faktor, der geht',
    nobody_stuck: 'Alle kämen durch',
    switched_on: 'Die Zwei-Faktor-Anmeldung ist eingeschaltet',
    first_passed: 'Der erste Benutzer hat einen zweiten Faktor bestanden',
  },
  done: 'erledigt',
  open: 'zu tun',
  activity: 'Anmeldungen und Abfragen',
  days: (count) => `${count} Tage`,
  span: 'Zeitraum',
  signIns: 'Anmeldungen',
  signInsChart: 'Anmeldungen, abgelehnte Codes und falsche Passwörter nach Tagen',
  challengesChart: 'Bestandene zweite Faktoren nach Verfahren und Tagen',
  challenges: 'Bestandene zweite Faktoren',
  asked: 'Gefragt',
  passed: 'Bestanden',
  refused: 'Abgelehnte Codes',
  wrongPasswords: 'Falsche Passwörter',
  day: 'Tag',
  chart: 'Diagramm',
  table: 'Tabelle',
  nothingYet: 'In dieser Zeit hat sich niemand angemeldet.',
  last: 'Letzte Einträge des Protokolls',
  allEntries: 'Alle Einträge',
  methods: {
    app: 'Authenticator-App',
    passkey: 'Passkey',
    recovery: 'Wiederherstellungscode',
    email: 'E-Mail',
    sms: 'SMS',
    hardware: 'Sicherheitsschlüssel',
  },
}
