import type { Texts } from '../texts.ts'

export const shell: Texts['shell'] = {
  console: 'Konsole',
  menu: 'Menü',
  skip: 'Zum Inhalt springen',
  pages: {
    overview: 'Übersicht',
    twoFactor: 'Zwei-Faktor-Anmeldung',
    users: 'Benutzer',
    roles: 'Rollen',
    applications: 'Anwendungen',
    providers: 'Identitätsanbieter',
    keys: 'API-Schlüssel',
    settings: 'Einstellungen',
    audit: 'Protokoll',
    manual: 'Handbuch der Einstellungen',
  },
  language: 'Sprache',
  colours: 'Farben',
  light: 'Hell',
  dark: 'Dunkel',
  auto: 'Wie auf diesem Gerät',
  account: 'Ihr Konto',
  signOut: 'Abmelden',
  signedInAs: 'Angemeldet als',
  noRight: (right) => `Diese Seite braucht das Recht ${right}, das Ihre Rollen nicht geben.`,
  nothingFor: 'Ihre Rollen geben Ihnen hier nichts zu tun.',
  yourAccount: 'Zu Ihrem Konto',
}

export const common: Texts['common'] = {
  save: 'Speichern',
  saving: 'Wird gespeichert …',
  saved: 'Gespeichert.',
  cancel: 'Abbrechen',
  close: 'Schließen',
  edit: 'Bearbeiten',
  delete: 'Löschen',
  add: 'Hinzufügen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  tryAgain: 'Noch einmal versuchen',
  loading: 'Wird geladen …',
  next: 'Nächste Seite',
  first: 'Erste Seite',
  search: 'Suchen',
  all: 'Alle',
  yes: 'Ja',
  no: 'Nein',
  on: 'An',
  off: 'Aus',
  never: 'Nie',
  none: 'Keine',
  asSite: 'Wie am Standort',
  export: 'Als CSV ausgeben',
  actions: 'Aktionen',
  name: 'Name',
  reason: 'Grund',
  more: (count) => `und ${count} weitere`,
  clear: 'Filter aufheben',
  asCommand: 'Als Befehl',
  asCall: 'Als API-Aufruf',
  optional: 'freiwillig',
}

export const failure: Texts['failure'] = {
  unreachable:
    'Der Server hat nicht geantwortet. Ihre Eingaben sind noch da: Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  signedOut:
    'Ihre Sitzung ist zu Ende. Ihre Eingaben sind noch da: Melden Sie sich in einem anderen Tab an und versuchen Sie es noch einmal.',
  signInTab: 'In einem anderen Tab anmelden',
  conflict:
    'Inzwischen hat jemand anders gespeichert. Sie sehen jetzt den neuen Stand; Ihre Änderungen sind noch da. Prüfen Sie sie und speichern Sie noch einmal.',
  title: 'Das hat nicht geklappt',
  request: (id) => `Anfrage ${id}`,
  codes: {
    forbidden: 'Das dürfen Sie nicht.',
    busy: 'Es kamen viele Änderungen auf einmal. Versuchen Sie es noch einmal.',
    last_administrator: 'Das ist der letzte Administrator, der sich anmelden kann. Legen Sie zuerst einen anderen an.',
    last_factor: 'Das ist der letzte Faktor des letzten Administrators. Richten Sie zuerst einen anderen ein.',
    channel_unconfigured:
      'Diese Änderung braucht einen Kanal, den niemand eingerichtet hat. Richten Sie ihn zuerst unter Zustellung ein; geändert wurde nichts.',
    channel_unproved:
      'Über einen Kanal, den diese Änderung braucht, kam noch nie ein Code zurück. Testen Sie ihn zuerst unter Zustellung, oder speichern Sie trotzdem.',
    own_bypass: 'Niemand befreit sich selbst: Bitten Sie einen anderen Administrator.',
    name_taken: 'Dieser Name ist vergeben.',
    in_use: 'Benutzer haben diese Rolle. Nehmen Sie sie ihnen zuerst.',
    built_in: 'Dies gehört zu jedem Standort und bleibt.',
  },
}

export const proof: Texts['proof'] = {
  title: 'Weisen Sie sich noch einmal aus',
  why: 'Diese Änderung betrifft die Sicherheit, und Ihr letzter Nachweis ist älter als 15 Minuten.',
  password: 'Passwort',
  code: 'Sicherheitscode',
  sentTo: (to) => `Wir haben einen Code an ${to} geschickt.`,
  fromApp: 'Geben Sie den Code ein, den Ihre Authenticator-App zeigt.',
  notSent:
    'Der Code konnte nicht verschickt werden. Fordern Sie einen neuen an oder nehmen Sie einen anderen Weg auf der Anmeldeseite.',
  again: 'Noch einmal senden',
  continue: 'Weiter',
  wrong: 'Dieser Code stimmt nicht. Sehen Sie in die neueste Nachricht oder warten Sie auf den nächsten Code der App.',
  wrongPassword: 'Dieses Passwort stimmt nicht.',
  enrol: 'Sie haben noch keinen zweiten Faktor. Melden Sie sich neu an, um einen einzurichten.',
  signIn: 'Neu anmelden',
}
