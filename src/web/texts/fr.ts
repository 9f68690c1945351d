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
    forgotten: 'Mot de passe oublié ?',
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

  reset: {
    title: 'Choisir un autre mot de passe',
    why: 'Saisissez votre nom d’utilisateur. Un lien est envoyé à l’adresse e-mail de votre compte.',
    submit: 'M’envoyer un lien',
    sent: 'S’il existe un compte à ce nom qu’un lien peut aider, ce lien est en route vers l’adresse e-mail du compte. Un lien vient déjà d’être envoyé ? Alors celui-là reste valable.',
    noMail:
      'Aucun e-mail ne peut être envoyé d’ici. Demandez un autre mot de passe aux personnes qui s’occupent de ce site.',
    newTitle: 'Choisir un autre mot de passe',
    newWhy:
      'Si vous vous connectez avec un second facteur, il vous est demandé ensuite. Puis toutes vos sessions sont fermées, et vous vous connectez avec le nouveau mot de passe.',
    over: 'Ce lien a déjà servi, ou il est trop ancien.',
    again: 'Demander un autre lien',
    mailboxOnly:
      'Votre second facteur est un code par e-mail, et ce lien est arrivé par e-mail lui aussi : ce serait deux fois la même preuve. Demandez un autre mot de passe aux personnes qui s’occupent de ce site.',
    done: 'Votre mot de passe est remplacé. Connectez-vous avec le nouveau.',
  },

  lost: {
    link: 'Tout perdu ? Demander à recommencer',
    title: 'Tout est perdu',
    why: 'Demandez à recommencer. Les personnes qui s’occupent de ce site vérifient que c’est bien vous, puis vous donnent un code, et vous configurez un autre authentificateur. Vous êtes averti de la demande à chaque adresse de votre compte.',
    note: 'Que s’est-il passé ? Une ligne les aide ; vous pouvez la laisser vide.',
    noteLong: 'Écrivez une ligne de 200 caractères au plus.',
    submit: 'Demander à recommencer',
    asked: (at) => html`Votre demande a été notée : ${at}.`,
    approved: 'Elle est approuvée.',
    waits: (until) => html`Elle peut être menée à terme à partir de ${until}, pas avant.`,
    call: 'Appelez les personnes qui s’occupent de ce site. Elles vérifient qui vous êtes et vous donnent un code. Elles ne demandent jamais votre mot de passe.',
    label: 'Le code qu’elles vous ont donné',
    finish: 'Recommencer',
    refused: 'Ce code ne convient pas, ou ses dix minutes sont passées. Demandez-en un autre.',
    before: 'Vous avez fait une demande il y a peu. Vous pourrez en faire une autre une heure après celle-ci.',
    nothing:
      'Vous n’avez aucun authentificateur qui puisse être perdu : vos codes arrivent par e-mail ou SMS. Si cette adresse est perdue, les personnes qui s’occupent de ce site peuvent la changer.',
    back: 'Retour au code',
    done: 'Ce que vous avez perdu ne vaut plus rien. Connectez-vous et configurez un nouvel authentificateur.',
    cancelTitle: 'Retirer la demande',
    cancelWhy:
      'Quelqu’un qui connaît votre mot de passe a dit que vous aviez perdu tout ce qui confirme vos connexions, et a demandé à recommencer. Si ce n’était pas vous, retirez la demande.',
    cancelSubmit: 'Ce n’était pas moi : retirer la demande',
    cancelled: 'La demande est retirée. Son auteur connaît votre mot de passe : changez-le maintenant.',
    cancelOver: 'Il n’y a plus rien à retirer.',
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
    fromToken: 'Appuyez sur le bouton de votre jeton matériel et saisissez le code qu’il affiche.',
    fromPaper: 'Ou saisissez l’un de vos codes de récupération.',
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
    smsRisk: 'D’autres peuvent s’emparer d’un numéro de téléphone ou lire ses messages.',
    betterThanSms:
      'Une application d’authentification ou une clé d’accès est plus sûre : configurez-en une sur la page de votre compte.',
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

  passkey: {
    signIn: 'Utiliser plutôt une clé d’accès',
    ask: 'Confirmez avec votre clé d’accès ou votre clé de sécurité.',
    use: 'Utiliser votre clé d’accès',
    orCode: 'Ou saisissez un code :',
    refused:
      'Cette clé d’accès n’a pas été acceptée ici. Connectez-vous avec votre nom d’utilisateur et votre mot de passe, ou réessayez.',
    failed: 'Le navigateur n’a reçu de réponse d’aucune clé d’accès. Réessayez ou choisissez un autre moyen.',
    known: 'Cet appareil est déjà enregistré.',
    unsupported:
      'Ce navigateur ne prend pas en charge les clés d’accès. Choisissez un autre moyen ou un navigateur plus récent.',
    needsScript: 'Les clés d’accès ont besoin de JavaScript, qui est désactivé dans ce navigateur.',
    notHere: {
      insecure:
        'Les clés d’accès ne fonctionnent que sur une connexion sécurisée (https), ce qui n’est pas le cas de cette page.',
      address: 'Les clés d’accès ont besoin d’un nom d’hôte, et cette page est ouverte par une simple adresse.',
    },
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
    passkey: 'clé d’accès',
    hardware: 'code d’un jeton matériel',
    recovery: 'code de récupération',
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
    own: {
      back: 'Retour à votre compte',
      factors: 'Comment vous prouvez que c’est vous',
      noFactors: 'Rien n’est configuré en dehors de votre mot de passe et de vos adresses enregistrées.',
      encourageSecond: 'Configurez une autre preuve : si vous perdez celle-ci, vous pourrez encore entrer.',
      kinds: {
        app: 'Application d’authentification',
        passkey: 'Clé d’accès ou clé de sécurité',
        hardware: 'Jeton matériel',
      },
      used: (at) => html`Dernière utilisation : ${at}`,
      neverUsed: 'Pas encore utilisé',
      name: 'Nom',
      rename: 'Enregistrer le nom',
      remove: 'Retirer ou signaler perdu',
      removed: 'C’est retiré. Toutes vos autres sessions ont été fermées.',
      lastFactor: 'C’est votre dernière preuve, et il vous en faut une. Configurez-en d’abord une autre.',
      addApp: 'Ajouter une application d’authentification',
      addPasskey: 'Ajouter une clé d’accès ou de sécurité',
      passkeyTitle: 'Ajouter une clé d’accès',
      passkeyWhat:
        'Une clé d’accès est conservée par cet appareil ou sur une clé de sécurité, et s’ouvre avec votre doigt, votre visage ou un code PIN. Une fausse page ne peut pas l’utiliser.',
      passkeyName: 'Un nom, pour la reconnaître',
      passkeyMake: 'Créer la clé d’accès',
      passkeyAdded: 'La clé d’accès est ajoutée.',
      passkeyRefused:
        'La clé d’accès n’a pas pu être ajoutée : la réponse du navigateur n’a pas été acceptée, ou est arrivée trop tard. Réessayez.',
      passkeyKnown: 'Cette clé d’accès est déjà enregistrée.',
      passkeyNotAllowed: 'Les clés d’accès ne font pas partie des moyens qui vous sont permis.',
      endOthers: 'Fermer toutes mes autres sessions',
      recovery: 'Codes de récupération',
      recoveryLeft: plural('fr', {
        one: 'Il reste # code de récupération.',
        other: 'Il reste # codes de récupération.',
      }),
      recoveryNone:
        'Vous n’avez pas de codes de récupération. Ils vous permettent d’entrer quand le téléphone ou la clé est perdu.',
      recoveryFew: 'Il reste peu de codes de récupération. Créez-en de nouveaux.',
      recoveryWhat:
        'Chacun des dix codes remplace une fois votre second facteur. Imprimez-les ou placez-les dans un gestionnaire de mots de passe ; ils ne sont affichés que cette fois-ci.',
      recoveryMake: 'Créer de nouveaux codes de récupération',
      recoveryShown: 'Gardez ces codes là où personne d’autre ne les trouve. Les précédents ne valent plus rien.',
      recoveryPrint: 'Imprimez cette page avec la commande d’impression de votre navigateur.',
      recoverySaved: 'Je les ai mis en lieu sûr',
      recoveryKept: 'Les codes de récupération sont désormais utilisables.',
      recoveryOver: 'Ces codes ont été remplacés par de plus récents.',
      recoveryForced:
        'En tant qu’administrateur, il vous faut des codes de récupération : il n’y aura peut-être personne d’autre pour vous laisser entrer.',
      usedRecovery:
        'Vous vous êtes connecté avec un code de récupération. Configurez une nouvelle preuve et retirez celle que vous avez perdue.',
      devices: 'Navigateurs mémorisés',
      noDevices: 'Aucun navigateur n’est mémorisé.',
      deviceSince: (browser, at) => html`<bdi>${browser}</bdi>, mémorisé depuis le ${at}`,
      forget: 'Oublier',
      forgetAll: 'Tous les oublier',
      forgotten: 'Un code y sera demandé la prochaine fois.',
      sessions: 'Où vous êtes connecté',
      sessionSince: (browser, address, at) =>
        html`<bdi>${browser}</bdi> à l’adresse <bdi dir="ltr">${address}</bdi>, depuis le ${at}`,
      thisSession: 'celle-ci',
      end: 'Fermer cette session',
      endAll: 'Fermer toutes les autres sessions',
      ended: 'La session est fermée.',
      password: 'Mot de passe',
      passwordChange: 'Changer le mot de passe',
      current: 'Mot de passe actuel',
      wanted: 'Nouveau mot de passe',
      passwordSave: 'Changer le mot de passe',
      passwordChanged: 'Le mot de passe est changé. Toutes vos autres sessions ont été fermées.',
      passwordWrong: 'Le mot de passe actuel n’est pas correct.',
      passwordShort: 'Un mot de passe a au moins 8 caractères.',
      passwordLong: 'Un mot de passe a au plus 256 caractères.',
      passwordGuessed: 'Ce mot de passe est de ceux que l’on devine en premier. Choisissez-en un autre.',
      proveTitle: 'Confirmez que c’est vous',
      proveWhy: 'Avant de changer ce qui protège votre compte, votre mot de passe est demandé encore une fois.',
      prove: 'Confirmer',
      gone: 'Cela n’existe plus.',
      named: 'Le nom est enregistré.',
      address: 'Une nouvelle adresse',
      addressWhy: (where) =>
        html`Un code a été envoyé à ${where}. Saisissez-le ici et les codes y arriveront désormais ; d’ici là, ils arrivent là où ils arrivaient.`,
      addressCode: 'Code arrivé à cette adresse',
      addressProve: 'Utiliser cette adresse',
      addressProved: 'La nouvelle adresse est confirmée. Les codes y arrivent désormais.',
      addressWrong:
        'Ce code n’était pas bon. Après cinq codes erronés, votre administrateur doit saisir l’adresse de nouveau.',
    },
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
  external: {
    signIn: (provider) => `Se connecter avec ${provider}`,
    title: 'Connexion impossible',
    unknown:
      'Vous vous êtes connecté ailleurs, mais personne de ce nom ne peut entrer ici. Adressez-vous aux personnes qui gèrent ce site.',
    refused:
      'La réponse de l’autre connexion n’est pas utilisable. Recommencez ; elle ne vaut qu’une fois, dans le navigateur où elle a commencé.',
    locked:
      'La seconde étape est verrouillée après trop de codes erronés. Réessayez plus tard, ou adressez-vous aux personnes qui gèrent ce site.',
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
    problems: {
      not_found: { title: 'Introuvable', detail: () => 'Il n’y a rien à cette adresse.' },
      cross_origin: {
        title: 'Requête venue d’ailleurs',
        detail: () => 'Seules les pages de ce serveur peuvent faire des changements.',
      },
      busy: {
        title: 'Surchargé',
        detail: () => 'Trop de demandes à la fois. Rien n’a été fait ; réessayez dans un instant.',
      },
      unavailable: {
        title: 'Indisponible',
        detail: () => 'La base de données est injoignable. Rien n’a été fait ; réessayez.',
      },
      internal: {
        title: 'Erreur interne',
        detail: (request) =>
          `Un problème est survenu sur le serveur. Les personnes qui le gèrent le trouveront sous ${request}.`,
      },
    },
  },
}
