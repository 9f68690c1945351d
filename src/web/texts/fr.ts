import type { Channel } from '#domain/method.ts'
import { plural, type Translation } from '#domain/language.ts'
import { spokenSpan, spokenTime } from '#domain/spoken-time.ts'
import { html } from '../html.ts'
import { en } from './en.ts'
import type { Texts } from './texts.ts'

const BY: Record<Channel, string> = { email: 'par e-mail', sms: 'par SMS' }
const THE: Record<Channel, string> = { email: 'L’e-mail', sms: 'Le SMS' }
const left = plural('fr', { one: 'Il reste # essai.', other: 'Il reste # essais.' })

export const fr: Translation<Texts> = {
  language: 'fr',
  direction: 'ltr',
  ...spokenTime('fr'),
  ...spokenSpan({
    second: plural('fr', { one: '# seconde', other: '# secondes' }),
    minute: plural('fr', { one: '# minute', other: '# minutes' }),
    hour: plural('fr', { one: '# heure', other: '# heures' }),
    day: plural('fr', { one: '# jour', other: '# jours' }),
  }),
  errorTitle: (title) => `Erreur : ${title}`,
  pageTitle: (title, site) => (title.includes(site) ? title : `${title} – ${site}`),
  languages: 'Langue',

  signIn: {
    title: (site) => `Se connecter à ${site}`,
    forApplication: (title) => `Vous vous connectez à ${title}.`,
    username: 'Nom d’utilisateur',
    password: 'Mot de passe',
    submit: 'Se connecter',
    signedInAs: (person) => html`Session ouverte au nom de ${person}.`,
    toAccount: 'Aller à votre compte',
    wrong: 'Le nom d’utilisateur ou le mot de passe n’est pas correct.',
    incomplete: 'Saisissez votre nom d’utilisateur et votre mot de passe.',
    throttled: (until) => html`Trop de mots de passe erronés. Vous pourrez réessayer à partir de ${until}.`,
    busy: 'Il y a trop d’activité en ce moment. Rien n’est perdu : réessayez dans quelques secondes.',
    passwordAgain: 'Votre mot de passe est correct. Saisissez-le encore une fois pour recevoir un code.',
    useApiKey: 'Ce compte appartient à un programme. Il se connecte avec une clé d’API, pas sur cette page.',
    unknownApplication: (name) => `Il n’y a pas d’application « ${name} » ici. Retournez d’où vous venez et réessayez.`,
    denied: {
      channelBlocked:
        'Il vous faut un code pour vous connecter, mais rien n’est configuré ici qui puisse vous en faire parvenir un.',
      noMethod:
        'Il vous faut une seconde preuve pour vous connecter, mais il n’y en a aucune que vous puissiez utiliser ou configurer.',
    },
    over: 'Cette connexion est terminée. Saisissez votre mot de passe pour recommencer.',
    exhausted: 'Trop de codes erronés : cette connexion est terminée. Saisissez votre mot de passe pour recommencer.',
    signedOut: 'La session est fermée.',
    cancelled: 'Cette connexion a été interrompue. Vous pouvez maintenant utiliser un autre compte.',
  },

  code: {
    title: 'Saisissez votre code de sécurité',
    signingInAs: (person) => html`Connexion en tant que ${person}`,
    cancel: 'Utiliser un autre compte',
    label: 'Code de sécurité',
    hint: (number) => `${number} chiffres ; les espaces ne comptent pas.`,
    submit: 'Continuer',
    remember: (length) => `C’est mon propre appareil : ne plus demander ici pendant ${length}`,
    fromApp: 'Ouvrez votre application d’authentification et saisissez le code qu’elle affiche pour ce compte.',
    orFromApp: 'Un code de votre application d’authentification convient aussi.',
    sent: (channel, to) => html`Nous avons envoyé un code ${BY[channel]} à ${to}.`,
    sentInstead: (failed, channel, to) =>
      html`${THE[failed]} n’a pas pu être envoyé. Le code est parti ${BY[channel]} à ${to} à la place.`,
    onItsWay: (channel, to) => html`Votre code va partir ${BY[channel]} vers ${to}, mais il n’est pas encore envoyé.`,
    look: 'Regarder à nouveau',
    validUntil: (until, length) => html`Il est valable encore ${length}, jusqu’à ${until}.`,
    timeIsUp: 'Son délai est écoulé. Demandez-en un nouveau.',
    triedAgain: 'Nous continuons d’essayer tant que le code est valable.',
    sendFailed: (channel, to) => html`Nous n’avons pas pu envoyer de code ${BY[channel]} à ${to}.`,
    notSent: 'Aucun code n’a été envoyé, car trop de messages sont partis en peu de temps. Réessayez plus tard.',
    wrong: (number) => `Ce code n’est pas correct. ${left(number)}`,
    expired: (number) => `Ce code a expiré. Demandez-en un nouveau. ${left(number)}`,
    malformed: (number) => `Saisissez les ${number} chiffres de votre code.`,
    locked: (until) => html`Trop de codes erronés. Aucun code n’est accepté avant ${until}.`,
    lockedForGood:
      'Trop de codes erronés. Aucun code n’est accepté tant qu’un administrateur n’a pas déverrouillé votre compte.',
    appClock: (now) =>
      html`Toujours refusé ? Les codes dépendent de l’heure : réglez la date et l’heure de votre téléphone sur automatique. Il est ${now} ici.`,
    clockOff: (length, slow, now) =>
      html`L’horloge de votre téléphone ${slow ? 'retarde' : 'avance'} d’environ ${length}. Il est ${now} ici. Vérifiez sur le téléphone que la date et l’heure sont justes, qu’elles se règlent automatiquement et que le fuseau horaire est le bon.`,
    notReceived: 'Vous n’avez pas reçu de code ?',
    otherWays: 'Autres moyens',
    appWay: 'Code de votre application d’authentification',
    recommended: 'recommandé',
    sendAgain: (channel, to) => html`Le renvoyer ${BY[channel]} à ${to}`,
    send: (channel, to) => html`Envoyer un code ${BY[channel]} à ${to}`,
    sameCode:
      'Les messages peuvent être lents ou se trouver parmi les indésirables. Si vous le redemandez, le code reste le même tant qu’il est valable.',
    cooldown: (from) => html`Vous pourrez demander un autre code à partir de ${from}.`,
    sendLimit:
      'Aucun autre code ne peut être envoyé maintenant : la limite est atteinte. Utilisez un code que vous avez, ou réessayez plus tard.',
    notOffered: 'Aucun code ne peut être envoyé par ce moyen maintenant.',
  },

  enrol: {
    title: 'Configurez votre application d’authentification',
    why: 'Désormais, vous vous connectez avec votre mot de passe et un code de votre téléphone. Cela se configure une seule fois.',
    getApp: 'Installez une application d’authentification sur votre téléphone, si vous n’en avez pas encore.',
    apps: en.enrol.apps,
    anyApp: 'toute autre application de codes TOTP',
    scan: 'Dans l’application, choisissez d’ajouter un compte et scannez cette image.',
    picture:
      'QR code pour votre application d’authentification. Si vous ne pouvez pas le scanner, utilisez la clé ci-dessous.',
    onThisPhone: 'Sur ce téléphone ? Ouvrir dans l’application',
    cannotScan: 'Impossible de le scanner ?',
    key: (account) => html`Saisissez cette clé dans l’application, comme compte basé sur l’heure nommé ${account} :`,
    typeCode: 'Saisissez le code que l’application affiche maintenant.',
    until: (until, length) => html`L’image est valable encore ${length}, jusqu’à ${until}.`,
    alsoMailed: (to) => html`Nous avons aussi envoyé un lien vers cette page à ${to}.`,
    over: 'Le QR code a expiré. Rien n’est encore configuré.',
    ended:
      'Ce QR code ne compte plus : son délai est écoulé, ou trop de codes étaient erronés. Demandez-en un nouveau.',
    renew: 'Afficher un nouveau QR code',
    mailed: (to) =>
      html`Nous avons envoyé un lien à ${to}. Ouvrez-le, scannez l’image qu’il affiche, puis saisissez le code ici.`,
    mailOnItsWay: (to) =>
      html`Un lien est en route vers ${to}. Ouvrez-le, scannez l’image qu’il affiche, puis saisissez le code ici.`,
    mailFailed: (to) => html`Le lien n’a pas pu être envoyé à ${to}.`,
    mailNotSent: 'Aucun lien n’a été envoyé, car trop de messages sont partis en peu de temps. Réessayez plus tard.',
    mailedCode: 'Code de votre application',
    linkUntil: (until, length) => html`Le lien est valable encore ${length}, jusqu’à ${until}.`,
    linkOver: 'Le lien a expiré. Rien n’est encore configuré.',
    sendLink: 'Envoyer un nouveau lien',
    noMail: 'Aucun lien ne peut vous être envoyé par e-mail.',
    linkTitle: 'Configurez votre application d’authentification',
    linkNeedsPassword:
      'Avant de vous montrer l’image à scanner, saisissez votre nom d’utilisateur et votre mot de passe.',
    linkOfAnother:
      'Ce lien appartient à une autre connexion que celle de ce navigateur. Connectez-vous avec le compte auquel il a été envoyé.',
    linkOverTitle: 'Ce lien a expiré',
    linkOverSignIn:
      'Les liens de configuration ne sont valables que peu de temps, et seul le plus récent l’est. Connectez-vous pour en recevoir un nouveau.',
    toSignIn: 'Se connecter',
  },

  account: {
    title: 'Votre compte',
    name: 'Nom',
    application: 'Connexion à',
    proved: 'Prouvé par',
    since: 'Depuis',
    until: 'Fin',
    signOut: 'Se déconnecter',
    password: 'mot de passe',
    app: 'code d’une application d’authentification',
    code: { email: 'code par e-mail', sms: 'code par SMS' },
    external: (provider) => `connexion chez ${provider}`,
    issuedCode: { operator: 'code d’urgence', helpdesk: 'code de l’assistance' },
    rules: {
      remembered_device: 'Ce navigateur était mémorisé : aucun code n’a été demandé.',
      bypass: 'Un administrateur a levé pour vous l’obligation du code.',
      trusted_network: 'La connexion vient d’un réseau de confiance : aucun code n’a été demandé.',
      grace: 'Il vous sera bientôt demandé de configurer une application d’authentification.',
    },
    degraded:
      'Vous avez pu entrer sans seconde preuve, car rien n’est encore configuré qui puisse vous faire parvenir un code. ' +
      'Dès que ce sera le cas, un code vous sera demandé. Si vous administrez ce site, configurez-le maintenant.',
  },

  contacts: {
    title: 'Qui peut vous aider',
    phone: (number) => html`Téléphone : ${number}`,
    email: (address) => html`E-mail : ${address}`,
    reference: (reference) => html`Indiquez-leur cette référence : ${reference}`,
  },
  stepUp: {
    title: 'Encore une preuve',
    why: 'L’application à laquelle vous vous connectez demande votre second facteur.',
    submit: 'Continuer',
  },
  signOut: {
    title: (site) => `Se déconnecter de ${site} ?`,
    why: 'Une application le demande. Votre session se fermerait ici et dans chaque application à laquelle vous vous êtes connecté d’ici.',
    submit: 'Se déconnecter',
    stay: 'Garder la session ouverte',
  },
  failure: {
    back: 'Retour à la connexion',
    applicationTitle: 'L’application a demandé quelque chose d’impossible',
    fromApplication: (why) =>
      `Retournez à l’application et recommencez. Si cela se reproduit, prévenez les personnes qui la gèrent : ${why}.`,
  },
}
