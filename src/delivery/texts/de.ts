import type { Translation } from '#domain/language.ts'
import { spokenTime } from '#domain/spoken-time.ts'
import type { Texts } from './texts.ts'

const from = (site: string): string => (site === '' ? '' : `${site}: `)

export const de: Translation<Texts> = {
  language: 'de',
  direction: 'ltr',
  moment: spokenTime('de').moment,
  browser({ browser, system }) {
    if (browser !== null && system !== null) return `${browser} unter ${system}`
    return browser ?? system ?? 'keiner, den wir kennen'
  },
  labels: { person: 'Für', when: 'Wann', browser: 'Browser', address: 'Netzwerkadresse' },
  code: {
    rest: (site) => ` ist Ihr Sicherheitscode für ${site}`,
    title: 'Sicherheitscode',
    use: (until) => `Geben Sie ihn auf der Seite ein, die danach fragt. Er gilt einmal, bis ${until}.`,
    notYou: (site) =>
      `Wenn Sie das nicht waren, kennt jemand anderes Ihr Passwort: Ändern Sie es und sagen Sie denen Bescheid, die für ${site} zuständig sind. ` +
      'Geben Sie diesen Code niemandem, wer auch immer danach fragt.',
    sms: (site) => (site === '' ? ' ist Ihr Sicherheitscode.' : ` ist Ihr Sicherheitscode für ${site}.`),
  },
  enrolment: {
    subject: (site) => `Richten Sie Ihre Authenticator-App für ${site} ein`,
    open: (site) => `Auf dieser Seite verbinden Sie eine Authenticator-App mit Ihrem Konto bei ${site}:`,
    until: (until) =>
      `Der Link gilt bis ${until}. Ihn zu öffnen ändert nichts: Die App zählt, sobald Sie einen ersten Code aus ihr eingegeben haben.`,
    notYou: (site) =>
      'Wenn Sie sich nicht gerade anmelden wollten, lassen Sie den Link liegen: Jemand anderes kennt Ihr Passwort. ' +
      `Ändern Sie es und sagen Sie denen Bescheid, die für ${site} zuständig sind.`,
  },
  reset: {
    subject: (site) => `Wählen Sie ein neues Passwort für ${site}`,
    open: (site) => `Auf dieser Seite wählen Sie ein neues Passwort für Ihr Konto bei ${site}:`,
    until: (until) =>
      `Der Link gilt einmal, bis ${until}. Wenn Sie sich mit einem zweiten Faktor anmelden, wird danach gefragt, bevor das neue Passwort zählt.`,
    notYou: () => 'Wenn Sie das nicht angefordert haben, lassen Sie den Link liegen: Ihr Passwort bleibt, wie es ist.',
  },
  resetMailed: {
    subject: (site) => `Wählen Sie ein Passwort für ${site}`,
    open: (site) =>
      `Diesen Link haben Ihnen die Personen geschickt, die für ${site} zuständig sind. Auf dieser Seite wählen Sie das Passwort Ihres Kontos bei ${site}; niemand sonst sieht es:`,
    until: (until) =>
      `Der Link funktioniert einmal, bis ${until}. Wenn Sie sich mit einem zweiten Faktor anmelden, werden Sie vielleicht danach gefragt, bevor das Passwort gilt.`,
    notYou: (site) =>
      `Wenn Sie nichts davon wissen, benutzen Sie den Link nicht, und fragen Sie die Personen, die für ${site} zuständig sind.`,
  },
  lost: {
    subject: (site) => `Jemand hat in Ihrem Namen bei ${site} um einen Neuanfang gebeten`,
    open: (site) =>
      `Jemand hat mit Ihrem Passwort gesagt, Sie hätten alles verloren, womit Sie Ihre Anmeldung bei ${site} bestätigen. Wenn Sie das nicht waren, nehmen Sie es auf dieser Seite zurück:`,
    until: (until) => `Der Link gilt bis ${until} oder bis über die Bitte entschieden ist.`,
    notYou: (site) =>
      `Wenn Sie es waren, lassen Sie den Link in Ruhe und rufen Sie die für ${site} Zuständigen an. Wenn nicht, ändern Sie auch Ihr Passwort.`,
  },
  notices: {
    passkey_added: {
      subject: (site) => `Ihrem Konto bei ${site} wurde ein Passkey hinzugefügt`,
      paragraphs: (site) => [
        `Von jetzt an öffnet dieser Passkey Ihr Konto bei ${site}.`,
        `Wenn Sie das nicht waren, kann sich jemand anderes als Sie anmelden: Sagen Sie sofort denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}Ihrem Konto wurde ein Passkey hinzugefügt. Nicht Sie? Sofort dem Administrator melden.`,
    },
    authenticator_removed: {
      subject: (site) => `Aus Ihrem Konto bei ${site} wurde ein zweiter Faktor entfernt`,
      paragraphs: (site) => [
        `Er öffnet Ihr Konto bei ${site} nicht mehr, und Sie wurden überall sonst abgemeldet.`,
        `Wenn Sie das nicht waren, sagen Sie sofort denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}aus Ihrem Konto wurde ein zweiter Faktor entfernt. Nicht Sie? Sofort dem Administrator melden.`,
    },
    recovery_codes_made: {
      subject: (site) => `Neue Wiederherstellungscodes für Ihr Konto bei ${site}`,
      paragraphs: (site) => [
        `Jemand, der als Sie angemeldet war, hat neue Wiederherstellungscodes für Ihr Konto bei ${site} erstellt. Die bisherigen gelten nicht mehr.`,
        `Wenn Sie das nicht waren, sagen Sie sofort denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}für Ihr Konto wurden neue Wiederherstellungscodes erstellt. Nicht Sie? Sofort dem Administrator melden.`,
    },
    recovery_code_used: {
      subject: (site) => `Ein Wiederherstellungscode Ihres Kontos bei ${site} wurde verwendet`,
      paragraphs: (site) => [
        'Er wurde anstelle Ihres zweiten Faktors angenommen und gilt nicht noch einmal.',
        `Wenn Sie das nicht waren, ist jemand anderes in Ihrem Konto bei ${site}: Sagen Sie sofort denen Bescheid, die dafür zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}einer Ihrer Wiederherstellungscodes wurde verwendet. Nicht Sie? Sofort dem Administrator melden.`,
    },
    recovery_codes_few: {
      subject: (site) => `Für Ihr Konto bei ${site} sind nur noch wenige Wiederherstellungscodes übrig`,
      paragraphs: (site) => [
        'Ein Wiederherstellungscode wurde anstelle Ihres zweiten Faktors angenommen. Es sind höchstens noch drei übrig: Erstellen Sie auf der Seite Ihres Kontos neue.',
        `Wenn Sie das nicht waren, ist jemand anderes in Ihrem Konto bei ${site}: Sagen Sie sofort denen Bescheid, die dafür zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}ein Wiederherstellungscode wurde verwendet, wenige sind übrig. Nicht Sie? Sofort dem Administrator melden.`,
    },
    password_changed: {
      subject: (site) => `Das Passwort Ihres Kontos bei ${site} wurde geändert`,
      paragraphs: (site) => [
        'Sie wurden überall sonst abgemeldet, und kein Browser ist mehr gemerkt.',
        `Wenn Sie das nicht waren, sagen Sie sofort denen Bescheid, die für ${site} zuständig sind.`,
      ],
      sms: (site) => `${from(site)}Ihr Passwort wurde geändert. Nicht Sie? Sofort dem Administrator melden.`,
    },
    device_token_reused: {
      subject: (site) => `Ein gemerkter Browser Ihres Kontos bei ${site} wurde vielleicht kopiert`,
      paragraphs: (site) => [
        `Jemand, der Ihr Passwort kennt, hat ein altes Cookie eines Browsers vorgezeigt, den ${site} sich für Sie gemerkt hat. Das geschieht, wenn ein Cookie kopiert wurde, und kaum je aus Versehen.`,
        'Der Browser ist vergessen, und wer sein Cookie benutzt hat, ist abgemeldet. Dort wird wieder nach einem Sicherheitscode gefragt.',
        `Wenn Sie keine alte Kopie Ihres Browsers zurückgespielt haben, ändern Sie Ihr Passwort und sagen Sie denen Bescheid, die für ${site} zuständig sind.`,
      ],
      sms: (site) => `${from(site)}ein gemerkter Browser wurde vielleicht kopiert. Ändern Sie Ihr Passwort.`,
    },
    recovery_requested: {
      subject: (site) => `Jemand hat in Ihrem Namen bei ${site} um einen Neuanfang gebeten`,
      paragraphs: (site) => [
        `Jemand hat mit Ihrem Passwort gesagt, Sie hätten alles verloren, womit Sie Ihre Anmeldung bei ${site} bestätigen.`,
        `Wenn Sie das nicht waren, sagen Sie sofort denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}mit Ihrem Passwort wurde der Verlust Ihres zweiten Faktors gemeldet. Nicht Sie? Sofort dem Administrator melden.`,
    },
    recovery_approved: {
      subject: (site) => `Ihre Bitte um einen Neuanfang bei ${site} ist genehmigt`,
      paragraphs: (site) => [
        `Jemand, der für ${site} zuständig ist, hat sich vergewissert, dass Sie alles verloren haben. Mit einem Code, der Ihnen genannt wird, richten Sie einen neuen Authenticator ein.`,
        `Wenn Sie davon nichts wissen, sagen Sie sofort denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}Ihre Bitte um einen Neuanfang ist genehmigt. Nicht Sie? Sofort dem Administrator melden.`,
    },
    codes_flooded: {
      subject: (site) => `Für Ihr Konto bei ${site} werden immer wieder Codes angefordert`,
      paragraphs: (site) => [
        `Mit Ihrem Passwort wurden heute viele Sicherheitscodes angefordert, und niemand hat einen eingegeben. Vorläufig werden keine mehr gesendet.`,
        `Wenn Sie das nicht waren, hat jemand Ihr Passwort für ${site}: Ändern Sie es und sagen Sie denen Bescheid, die für ${site} zuständig sind. Geben Sie niemandem einen Code, wer auch immer danach fragt.`,
        'Mit diesen Codes ist niemand hineingekommen. Authenticator-App und Wiederherstellungscodes gehen weiterhin.',
      ],
      sms: (site) => `${from(site)}mit Ihrem Passwort wurden viele Codes angefordert. Nicht Sie? Passwort ändern.`,
    },
    factor_locked: {
      subject: (site) => `Zu viele falsche Sicherheitscodes für Ihr Konto bei ${site}`,
      paragraphs: (site) => [
        `Jemand, der Ihr Passwort kennt, hat bei ${site} zu viele falsche Sicherheitscodes eingegeben. Eine Zeit lang wird kein Code angenommen.`,
        'Wenn Sie das waren, warten Sie ein wenig und melden Sie sich noch einmal an.',
        `Wenn Sie es nicht waren, ändern Sie Ihr Passwort und sagen Sie denen Bescheid, die für ${site} zuständig sind. Mit diesen Codes kam niemand hinein.`,
      ],
      sms: (site) =>
        `${from(site)}jemand, der Ihr Passwort kennt, gab zu viele falsche Codes ein. Nicht Sie? Ändern Sie Ihr Passwort.`,
    },
    factor_disabled: {
      subject: (site) => `Der zweite Faktor Ihres Kontos bei ${site} ist gesperrt`,
      paragraphs: (site) => [
        `Jemand, der Ihr Passwort kennt, hat bei ${site} hundert falsche Sicherheitscodes nacheinander eingegeben. Kein Code öffnet Ihr Konto mehr.`,
        `Mit diesen Codes kam niemand hinein. Ihre Administratoren wissen davon; mit ihrer Hilfe richten Sie Ihren zweiten Faktor neu ein.`,
        `Ändern Sie auf jeden Fall Ihr Passwort: Jemand anderes kennt es vielleicht.`,
      ],
      sms: (site) =>
        `${from(site)}zu viele falsche Codes, Ihr zweiter Faktor ist gesperrt. Rufen Sie Ihren Administrator an.`,
    },
    user_factor_disabled: {
      subject: (site, { name }) => `Der zweite Faktor von ${name} bei ${site} ist gesperrt`,
      paragraphs: (site, { name }) => [
        `Für ${name} wurden bei ${site} hundert falsche Sicherheitscodes nacheinander eingegeben. Kein Code öffnet dieses Konto mehr, und Entsperren ändert daran nichts.`,
        `Wer sie eingab, kennt das Passwort. Fragen Sie ${name} auf einem sicheren Weg, ob es die eigenen Versuche waren; setzen Sie dann die Authenticatoren zurück und lassen Sie ein anderes Passwort wählen.`,
      ],
      sms: (site) =>
        `${from(site)}ein zweiter Faktor ist nach hundert falschen Codes gesperrt. Sehen Sie ins Protokoll.`,
    },
    authenticator_added: {
      subject: (site) => `Ihrem Konto bei ${site} wurde eine Authenticator-App hinzugefügt`,
      paragraphs: (site) => [
        `Von jetzt an öffnen Codes dieser App zusammen mit Ihrem Passwort Ihr Konto bei ${site}.`,
        `Wenn Sie das nicht waren, kann sich jemand anderes als Sie anmelden: Sagen Sie sofort denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}Ihrem Konto wurde eine Authenticator-App hinzugefügt. Nicht Sie? Sofort dem Administrator melden.`,
    },
    authenticators_reset: {
      subject: (site) => `Ihr zweiter Faktor bei ${site} wurde zurückgesetzt`,
      paragraphs: (site) => [
        `Die Authenticator-Apps Ihres Kontos bei ${site} wurden entfernt, und Sie wurden überall abgemeldet. Bei der nächsten Anmeldung richten Sie eine neue ein.`,
        `Wenn Sie nicht darum gebeten haben, warten Sie nicht: Sagen Sie denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}Ihr zweiter Faktor wurde zurückgesetzt. Nicht gewollt? Sofort dem Administrator melden.`,
    },
    contact_changed: {
      subject: (site) => `Die E-Mail-Adresse oder Telefonnummer Ihres Kontos bei ${site} wurde geändert`,
      paragraphs: (site) => [
        `Codes und Hinweise zu Ihrem Konto bei ${site} kommen nicht mehr dorthin, wo Sie dies lesen.`,
        `Wenn Sie das nicht wollten, sagen Sie sofort denen Bescheid, die für ${site} zuständig sind.`,
      ],
      sms: (site) =>
        `${from(site)}Codes für Ihr Konto kommen nicht mehr hierher. Nicht gewollt? Dem Administrator melden.`,
    },
    contact_waiting: {
      subject: (site) => `Für Ihr Konto bei ${site} wurde eine andere E-Mail-Adresse oder Telefonnummer eingetragen`,
      paragraphs: (site) => [
        `Dorthin ging ein Code. Ihre Codes kommen weiter wie bisher an, bis Sie sich bei ${site} anmelden und diesen Code auf der Seite Ihres Kontos eingeben.`,
        `Wenn Sie das nicht wollten, geben Sie nichts ein und sagen Sie sofort denen Bescheid, die für ${site} zuständig sind.`,
      ],
      sms: (site) =>
        `${from(site)}Eine andere Adresse wurde für Ihr Konto eingetragen. Nicht gewollt? Dem Administrator melden.`,
    },
    emergency_code: {
      subject: (site) => `Für Ihr Konto bei ${site} wurde ein Notfallcode erstellt`,
      paragraphs: (site) => [
        `Auf dem Server von ${site} hat jemand einen Code erstellt, der Ihren zweiten Faktor ersetzt, einmal und innerhalb von zehn Minuten.`,
        `Wenn Sie davon nichts wissen, sagen Sie sofort denen Bescheid, die für ${site} zuständig sind, und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) =>
        `${from(site)}für Ihr Konto wurde ein Notfallcode erstellt. Nicht gewollt? Dem Administrator melden.`,
    },
    helpdesk_code: {
      subject: (site) => `Der Helpdesk hat einen Code für Ihr Konto bei ${site} erstellt`,
      paragraphs: (site) => [
        'Er ersetzt Ihren zweiten Faktor, einmal und innerhalb von 60 Minuten, zusammen mit Ihrem Passwort.',
        `Wenn Sie den Helpdesk von ${site} nicht angerufen haben, tat es jemand anderes in Ihrem Namen: Sagen Sie dort sofort Bescheid und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) => `${from(site)}der Helpdesk hat einen Code für Sie erstellt. Nicht angerufen? Dort sofort melden.`,
    },
    helpdesk_unlocked: {
      subject: (site) => `Der Helpdesk hat Ihr Konto bei ${site} entsperrt`,
      paragraphs: (site) => [
        'Nach zu vielen falschen Codes werden wieder welche angenommen.',
        `Wenn Sie den Helpdesk von ${site} nicht angerufen haben, tat es jemand anderes in Ihrem Namen: Sagen Sie dort sofort Bescheid und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) => `${from(site)}der Helpdesk hat Ihr Konto entsperrt. Nicht angerufen? Dort sofort melden.`,
    },
    helpdesk_resent: {
      subject: (site) => `Der Helpdesk hat Ihnen Ihren Code für ${site} noch einmal gesendet`,
      paragraphs: (site) => [
        'Er ging an die hinterlegte Adresse oder Nummer, und niemand am Helpdesk hat ihn gesehen.',
        `Wenn Sie den Helpdesk von ${site} nicht angerufen haben, tat es jemand anderes in Ihrem Namen: Geben Sie den Code niemandem und ändern Sie Ihr Passwort.`,
      ],
      sms: (site) => `${from(site)}der Helpdesk hat Ihren Code noch einmal gesendet. Geben Sie ihn niemandem.`,
    },
    bypass_ending: {
      subject: (site, { name }) => `Die Befreiung von ${name} bei ${site} endet bald`,
      paragraphs: (site, { name, until }) => [
        `Sie haben ${name} bei ${site} vom zweiten Faktor befreit. Das endet von selbst: ${until}.`,
        'Danach wird der zweite Faktor wieder verlangt. Wenn das so sein soll, ist nichts zu tun.',
        'Besteht der Grund weiter, erteilen Sie vor diesem Tag eine neue Befreiung. Besteht er nicht mehr, können Sie sie schon jetzt beenden.',
      ],
      sms: (site) => `${from(site)}eine Befreiung vom zweiten Faktor, die Sie erteilt haben, endet bald.`,
    },
    fail_mode_changed: {
      subject: (site) => `Was ${site} ohne einen Weg für Codes tut, wurde geändert`,
      paragraphs: (site, { name }) => [
        `${name} hat die Einstellung geändert, die sagt, was bei ${site} geschieht, wenn weder E-Mail noch SMS eingerichtet ist. Sie kann Benutzer mit dem Passwort allein einlassen.`,
        'Wenn Sie von dieser Änderung wissen, ist nichts zu tun. Wenn nicht, sehen Sie in das Audit-Protokoll und stellen Sie sie zurück.',
      ],
      sms: (site) =>
        `${from(site)}was ohne Codes geschieht, wurde geändert. Wenn Sie nichts davon wissen, sehen Sie in das Audit-Protokoll.`,
    },
    channel_removal: {
      subject: (site) => `Der Weg, auf dem ${site} Codes sendet, soll entfernt werden`,
      paragraphs: (site, { name, until }) => [
        `${name} will den Server entfernen, der Ihnen diese Nachricht gebracht hat. Das geschieht von selbst: ${until}. Bis dahin bleibt alles, wie es ist.`,
        'Wenn Sie davon wissen, ist nichts zu tun.',
        'Wenn nicht, handeln Sie heute: Behalten Sie den Kanal in der Konsole unter Einstellungen oder mit dem Befehl channels keep, und klären Sie, wer das wollte. Ohne ihn kommt man vielleicht mit dem Passwort allein hinein oder gar nicht.',
      ],
      sms: (site) =>
        `${from(site)}der Weg Ihrer Codes wird morgen entfernt. Wenn Sie nichts davon wissen, behalten Sie ihn in der Konsole.`,
    },
    channel_changed: {
      subject: (site) => `Der Weg, auf dem ${site} Codes sendet, wurde geändert`,
      paragraphs: (site, { name }) => [
        `${name} hat den Server geändert oder abgeschaltet, der Ihnen diese Nachricht gebracht hat. Es ist die letzte über ihn: Codes und Hinweise von ${site} nehmen jetzt einen anderen Weg.`,
        'Wenn Sie von dieser Änderung wissen, ist nichts zu tun.',
        'Wenn nicht, handeln Sie sofort: Wem der neue Weg gehört, der kann jeden Code lesen. Sehen Sie in das Audit-Protokoll und stellen Sie den Kanal zurück.',
      ],
      sms: (site) =>
        `${from(site)}der Weg Ihrer Codes wurde geändert. Wenn Sie nichts davon wissen, handeln Sie sofort.`,
    },
  },
}
