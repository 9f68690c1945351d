import type { Translation } from '#domain/language.ts'
import { spokenTime } from '#domain/spoken-time.ts'
import type { Texts } from './texts.ts'

const from = (site: string): string => (site === '' ? '' : `${site} : `)

/** In an SMS without the letters that its seven-bit alphabet lacks: ê, ç and â among them. */
export const fr: Translation<Texts> = {
  language: 'fr',
  direction: 'ltr',
  moment: spokenTime('fr').moment,
  browser({ browser, system }) {
    if (browser !== null && system !== null) return `${browser} sous ${system}`
    return browser ?? system ?? 'aucun que nous connaissions'
  },
  labels: { person: 'Pour', when: 'Quand', browser: 'Navigateur', address: 'Adresse réseau' },
  code: {
    rest: (site) => ` est votre code de sécurité pour ${site}`,
    title: 'Code de sécurité',
    use: (until) => `Saisissez-le sur la page qui le demande. Il fonctionne une seule fois, jusqu’au ${until}.`,
    notYou: (site) =>
      `Si ce n’était pas vous, quelqu’un d’autre connaît votre mot de passe : changez-le et prévenez les personnes qui s’occupent de ${site}. ` +
      'Ne donnez ce code à personne, qui que ce soit qui le demande.',
    sms: (site) => (site === '' ? ' est votre code de sécurité.' : ` est votre code de sécurité pour ${site}.`),
  },
  enrolment: {
    subject: (site) => `Configurez votre application d’authentification pour ${site}`,
    open: (site) => `Sur cette page, vous reliez une application d’authentification à votre compte ${site} :`,
    until: (until) =>
      `Le lien est valable jusqu’au ${until}. L’ouvrir ne change rien : l’application compte dès que vous en avez saisi un premier code.`,
    notYou: (site) =>
      'Si vous n’étiez pas en train de vous connecter, n’utilisez pas le lien : quelqu’un d’autre connaît votre mot de passe. ' +
      `Changez-le et prévenez les personnes qui s’occupent de ${site}.`,
  },
  reset: {
    subject: (site) => `Choisissez un autre mot de passe pour ${site}`,
    open: (site) => `Sur cette page, vous choisissez un autre mot de passe pour votre compte ${site} :`,
    until: (until) =>
      `Le lien fonctionne une seule fois, jusqu’au ${until}. Si vous vous connectez avec un second facteur, il vous est demandé avant que le nouveau mot de passe ne compte.`,
    notYou: () => 'Si vous n’avez rien demandé, n’utilisez pas le lien : votre mot de passe reste tel qu’il est.',
  },
  resetMailed: {
    subject: (site) => `Choisissez un mot de passe pour ${site}`,
    open: (site) =>
      `Les personnes qui s’occupent de ${site} vous ont envoyé ce lien. Sur cette page, vous choisissez le mot de passe de votre compte ${site} ; personne d’autre ne le voit :`,
    until: (until) =>
      `Le lien fonctionne une fois, jusqu’au ${until}. Si vous vous connectez avec un second facteur, il peut vous être demandé avant que le mot de passe soit valable.`,
    notYou: (site) =>
      `Si vous n’en savez rien, n’utilisez pas le lien et renseignez-vous auprès des personnes qui s’occupent de ${site}.`,
  },
  lost: {
    subject: (site) => `Quelqu’un a demandé à recommencer sur ${site} en votre nom`,
    open: (site) =>
      `Avec votre mot de passe, quelqu’un a dit que vous aviez perdu tout ce qui confirme vos connexions à ${site}. Si ce n’était pas vous, retirez la demande sur cette page :`,
    until: (until) => `Le lien fonctionne jusqu’au ${until}, ou jusqu’à la décision.`,
    notYou: (site) =>
      `Si c’était vous, laissez ce lien et appelez les personnes qui s’occupent de ${site}. Sinon, changez aussi votre mot de passe.`,
  },
  notices: {
    passkey_added: {
      subject: (site) => `Une clé d’accès a été ajoutée à votre compte ${site}`,
      paragraphs: (site) => [
        `Désormais, cette clé d’accès ouvre votre compte ${site}.`,
        `Si ce n’était pas vous, quelqu’un d’autre peut se connecter à votre place : prévenez tout de suite les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}une clé d'accès a été ajoutée à votre compte. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    authenticator_removed: {
      subject: (site) => `Un second facteur a été retiré de votre compte ${site}`,
      paragraphs: (site) => [
        `Il n’ouvre plus votre compte ${site}, et toutes vos autres sessions ont été fermées.`,
        `Si ce n’était pas vous, prévenez tout de suite les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}un second facteur a été retiré de votre compte. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    recovery_codes_made: {
      subject: (site) => `Nouveaux codes de récupération pour votre compte ${site}`,
      paragraphs: (site) => [
        `Quelqu’un qui était connecté à votre nom a créé de nouveaux codes de récupération pour votre compte ${site}. Les précédents ne valent plus rien.`,
        `Si ce n’était pas vous, prévenez tout de suite les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}de nouveaux codes de récupération ont été créés pour vous. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    recovery_code_used: {
      subject: (site) => `Un code de récupération de votre compte ${site} a été utilisé`,
      paragraphs: (site) => [
        'Il a été accepté à la place de votre second facteur et ne peut plus servir.',
        `Si ce n’était pas vous, quelqu’un d’autre est dans votre compte ${site} : prévenez tout de suite les personnes qui s’en occupent et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}un de vos codes de récupération a été utilisé. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    recovery_codes_few: {
      subject: (site) => `Il reste peu de codes de récupération pour votre compte ${site}`,
      paragraphs: (site) => [
        'Un code de récupération a été accepté à la place de votre second facteur. Il en reste trois au plus : créez-en de nouveaux sur la page de votre compte.',
        `Si ce n’était pas vous, quelqu’un d’autre est dans votre compte ${site} : prévenez tout de suite les personnes qui s’en occupent et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}un code de récupération a été utilisé, il en reste peu. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    password_changed: {
      subject: (site) => `Le mot de passe de votre compte ${site} a été changé`,
      paragraphs: (site) => [
        'Toutes vos autres sessions ont été fermées, et plus aucun navigateur n’est mémorisé.',
        `Si ce n’était pas vous, prévenez tout de suite les personnes qui s’occupent de ${site}.`,
      ],
      sms: (site) =>
        `${from(site)}votre mot de passe a été changé. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    device_token_reused: {
      subject: (site) => `Un navigateur mémorisé de votre compte ${site} a peut-être été copié`,
      paragraphs: (site) => [
        `Quelqu’un qui connaît votre mot de passe a présenté un ancien cookie d’un navigateur que ${site} mémorise pour vous. Cela arrive quand un cookie a été copié, et presque jamais par accident.`,
        'Le navigateur est oublié, et tous ceux qui ont utilisé son cookie sont déconnectés. Un code de sécurité y sera de nouveau demandé.',
        `Si vous n’avez pas restauré une ancienne copie de votre navigateur, changez votre mot de passe et prévenez les personnes qui s’occupent de ${site}.`,
      ],
      sms: (site) => `${from(site)}un navigateur mémorisé semble avoir été copié. Changez votre mot de passe.`,
    },
    recovery_requested: {
      subject: (site) => `Quelqu’un a demandé à recommencer sur ${site} en votre nom`,
      paragraphs: (site) => [
        `Avec votre mot de passe, quelqu’un a dit que vous aviez perdu tout ce qui confirme vos connexions à ${site}.`,
        `Si ce n’était pas vous, prévenez tout de suite les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}avec votre mot de passe, la perte de vos facteurs a été signalée. Pas vous ? Prévenez votre administrateur.`,
    },
    recovery_approved: {
      subject: (site) => `Votre demande de recommencer sur ${site} est approuvée`,
      paragraphs: (site) => [
        `Une personne qui s’occupe de ${site} a vérifié que vous avez bien tout perdu. Avec un code qu’elle vous donne, vous configurez un nouvel authentificateur.`,
        `Si vous n’en savez rien, prévenez tout de suite les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}votre demande de recommencer est approuvée. Pas vous ? Prévenez votre administrateur.`,
    },
    codes_flooded: {
      subject: (site) => `Des codes pour votre compte ${site} sont demandés sans cesse`,
      paragraphs: (site) => [
        `De nombreux codes de sécurité ont été demandés aujourd’hui avec votre mot de passe, et personne n’en a saisi un. Pour l’instant, il n’en est plus envoyé.`,
        `Si ce n’était pas vous, quelqu’un a votre mot de passe pour ${site} : changez-le et prévenez les personnes qui s’occupent de ${site}. Ne donnez de code à personne, qui que ce soit qui le demande.`,
        'Personne n’est entré avec ces codes. L’application d’authentification et les codes de récupération fonctionnent toujours.',
      ],
      sms: (site) => `${from(site)}beaucoup de codes ont été demandés avec votre mot de passe. Pas vous ? Changez-le.`,
    },
    factor_locked: {
      subject: (site) => `Trop de codes de sécurité erronés pour votre compte ${site}`,
      paragraphs: (site) => [
        `Quelqu’un qui connaît votre mot de passe a saisi trop de codes de sécurité erronés sur ${site}. Aucun code n’est accepté pendant un moment.`,
        'Si c’était vous, attendez un peu et connectez-vous à nouveau.',
        `Si ce n’était pas vous, changez votre mot de passe et prévenez les personnes qui s’occupent de ${site}. Personne n’est entré avec ces codes.`,
      ],
      sms: (site) =>
        `${from(site)}trop de codes erronés saisis avec votre mot de passe. Pas vous ? Changez votre mot de passe.`,
    },
    factor_disabled: {
      subject: (site) => `Le second facteur de votre compte ${site} est désactivé`,
      paragraphs: (site) => [
        `Quelqu’un qui connaît votre mot de passe a saisi cent codes de sécurité erronés de suite sur ${site}. Plus aucun code n’ouvre votre compte.`,
        `Personne n’est entré avec ces codes. Vos administrateurs sont prévenus ; ils peuvent vous permettre de configurer à nouveau votre second facteur.`,
        `Changez de toute façon votre mot de passe : quelqu’un d’autre le connaît peut-être.`,
      ],
      sms: (site) =>
        `${from(site)}trop de codes erronés : votre second facteur est désactivé. Appelez votre administrateur.`,
    },
    user_factor_disabled: {
      subject: (site, { name }) => `Le second facteur de ${name} sur ${site} est désactivé`,
      paragraphs: (site, { name }) => [
        `Cent codes de sécurité erronés ont été saisis de suite pour ${name} sur ${site}. Plus aucun code n’ouvre ce compte, et le déverrouiller n’y change rien.`,
        `La personne qui les a saisis connaît le mot de passe. Demandez à ${name}, par un moyen sûr, si c’était bien lui ou elle ; réinitialisez ensuite les authentificateurs et faites choisir un autre mot de passe.`,
      ],
      sms: (site) => `${from(site)}un second facteur est désactivé après cent codes erronés. Consultez le journal.`,
    },
    authenticator_added: {
      subject: (site) => `Une application d’authentification a été ajoutée à votre compte ${site}`,
      paragraphs: (site) => [
        `Désormais, les codes de cette application ouvrent votre compte ${site} avec votre mot de passe.`,
        `Si ce n’était pas vous, quelqu’un d’autre peut se connecter à votre place : prévenez tout de suite les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}une application a été ajoutée à votre compte. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    authenticators_reset: {
      subject: (site) => `Votre second facteur pour ${site} a été réinitialisé`,
      paragraphs: (site) => [
        `Les applications d’authentification de votre compte ${site} ont été retirées et toutes vos sessions fermées. Vous en configurerez une nouvelle à la prochaine connexion.`,
        `Si vous ne l’avez pas demandé, n’attendez pas : prévenez les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}votre second facteur a été réinitialisé. Pas vous ? Prévenez votre administrateur tout de suite.`,
    },
    contact_changed: {
      subject: (site) => `L’adresse e-mail ou le numéro de téléphone de votre compte ${site} a changé`,
      paragraphs: (site) => [
        `Les codes et avis de votre compte ${site} n’arrivent plus là où vous lisez ceci.`,
        `Si vous ne l’avez pas voulu, prévenez tout de suite les personnes qui s’occupent de ${site}.`,
      ],
      sms: (site) => `${from(site)}vos codes n'arrivent plus ici. Pas voulu ? Prévenez votre administrateur.`,
    },
    contact_waiting: {
      subject: (site) => `Une autre adresse ou un autre numéro a été saisi pour votre compte ${site}`,
      paragraphs: (site) => [
        `Un code y a été envoyé. Vos codes arrivent toujours au même endroit jusqu’à ce que vous vous connectiez à ${site} et saisissiez ce code sur la page de votre compte.`,
        `Si vous ne l’avez pas voulu, ne saisissez rien et prévenez tout de suite les personnes qui s’occupent de ${site}.`,
      ],
      sms: (site) =>
        `${from(site)}un autre contact a été saisi pour votre compte. Pas voulu ? Prévenez votre administrateur.`,
    },
    emergency_code: {
      subject: (site) => `Un code d’urgence a été créé pour votre compte ${site}`,
      paragraphs: (site) => [
        `Sur le serveur de ${site}, quelqu’un a créé un code qui remplace votre second facteur, une seule fois et dans les dix minutes.`,
        `Si vous n’en savez rien, prévenez tout de suite les personnes qui s’occupent de ${site} et changez votre mot de passe.`,
      ],
      sms: (site) =>
        `${from(site)}un code d'urgence a été créé pour votre compte. Pas voulu ? Prévenez votre administrateur.`,
    },
    helpdesk_code: {
      subject: (site) => `L’assistance a créé un code pour votre compte ${site}`,
      paragraphs: (site) => [
        'Il remplace votre second facteur, une seule fois et dans les 60 minutes, avec votre mot de passe.',
        `Si vous n’avez pas appelé l’assistance de ${site}, quelqu’un d’autre l’a fait en votre nom : prévenez-la tout de suite et changez votre mot de passe.`,
      ],
      sms: (site) => `${from(site)}l'assistance a créé un code pour vous. Pas d'appel de votre part ? Prévenez-la.`,
    },
    helpdesk_unlocked: {
      subject: (site) => `L’assistance a déverrouillé votre compte ${site}`,
      paragraphs: (site) => [
        'Les codes sont à nouveau acceptés après trop de codes erronés.',
        `Si vous n’avez pas appelé l’assistance de ${site}, quelqu’un d’autre l’a fait en votre nom : prévenez-la tout de suite et changez votre mot de passe.`,
      ],
      sms: (site) => `${from(site)}l'assistance a déverrouillé votre compte. Pas d'appel de votre part ? Prévenez-la.`,
    },
    helpdesk_resent: {
      subject: (site) => `L’assistance vous a renvoyé votre code ${site}`,
      paragraphs: (site) => [
        'Il est parti à l’adresse ou au numéro enregistré, et personne à l’assistance ne l’a vu.',
        `Si vous n’avez pas appelé l’assistance de ${site}, quelqu’un d’autre l’a fait en votre nom : ne donnez le code à personne et changez votre mot de passe.`,
      ],
      sms: (site) => `${from(site)}l'assistance vous a renvoyé votre code. Ne le donnez à personne.`,
    },
    bypass_ending: {
      subject: (site, { name }) => `La dispense de ${name} sur ${site} va se terminer`,
      paragraphs: (site, { name, until }) => [
        `Vous avez dispensé ${name} du second facteur sur ${site}. Cela se termine tout seul : ${until}.`,
        'Ensuite, le second facteur sera à nouveau demandé. Si c’est voulu, il n’y a rien à faire.',
        'Si le motif vaut toujours, accordez une nouvelle dispense avant ce jour. S’il ne vaut plus, vous pouvez y mettre fin maintenant.',
      ],
      sms: (site) => `${from(site)}une dispense du second facteur que vous avez accordée va se terminer.`,
    },
    fail_mode_changed: {
      subject: (site) => `Ce que fait ${site} sans moyen d’envoyer des codes a changé`,
      paragraphs: (site, { name }) => [
        `${name} a changé le réglage qui dit ce qui se passe sur ${site} quand ni l’e-mail ni le SMS n’est configuré. Il peut laisser entrer avec le seul mot de passe.`,
        'Si vous êtes au courant de ce changement, il n’y a rien à faire. Sinon, consultez le journal d’audit et rétablissez le réglage.',
      ],
      sms: (site) =>
        `${from(site)}le réglage pour l'absence de codes a changé. Si vous n'en savez rien, consultez le journal d'audit.`,
    },
    channel_removal: {
      subject: (site) => `La manière dont ${site} envoie ses codes va être retirée`,
      paragraphs: (site, { name, until }) => [
        `${name} a demandé de retirer le serveur qui vous a apporté ce message. Cela se fera de soi-même : ${until}. D’ici là, rien ne change.`,
        'Si vous êtes au courant, il n’y a rien à faire.',
        'Sinon, agissez aujourd’hui : conservez le canal dans la console, sous Paramètres, ou par la commande channels keep, et cherchez qui l’a demandé. Sans lui, on entrera peut-être avec le seul mot de passe, ou plus du tout.',
      ],
      sms: (site) =>
        `${from(site)}l'envoi de vos codes sera retiré demain. Si vous n'en savez rien, conservez-le dans la console.`,
    },
    channel_changed: {
      subject: (site) => `La manière dont ${site} envoie ses codes a changé`,
      paragraphs: (site, { name }) => [
        `${name} a changé ou désactivé le serveur qui vous a apporté ce message. C’est le dernier par cette voie : les codes et avis de ${site} en prennent maintenant une autre.`,
        'Si vous êtes au courant de ce changement, il n’y a rien à faire.',
        'Sinon, agissez tout de suite : qui possède la nouvelle voie peut lire tous les codes. Consultez le journal d’audit et rétablissez le canal.',
      ],
      sms: (site) => `${from(site)}l'envoi de vos codes a changé. Si vous n'en savez rien, agissez tout de suite.`,
    },
  },
}
