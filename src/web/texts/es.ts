import type { Channel } from '#domain/method.ts'
import { plural, type Translation } from '#domain/language.ts'
import { spokenSpan, spokenTime } from '#domain/spoken-time.ts'
import { html } from '../html.ts'
import { en } from './en.ts'
import type { Texts } from './texts.ts'

const BY: Record<Channel, string> = { email: 'por correo', sms: 'por SMS' }
const THE: Record<Channel, string> = { email: 'el correo', sms: 'el SMS' }
const left = plural('es', { one: 'Queda # intento.', other: 'Quedan # intentos.' })

export const es: Translation<Texts> = {
  language: 'es',
  direction: 'ltr',
  ...spokenTime('es'),
  ...spokenSpan({
    second: plural('es', { one: '# segundo', other: '# segundos' }),
    minute: plural('es', { one: '# minuto', other: '# minutos' }),
    hour: plural('es', { one: '# hora', other: '# horas' }),
    day: plural('es', { one: '# día', other: '# días' }),
  }),
  errorTitle: (title) => `Error: ${title}`,
  pageTitle: (title, site) => (title.includes(site) ? title : `${title} – ${site}`),
  languages: 'Idioma',

  signIn: {
    title: (site) => `Iniciar sesión en ${site}`,
    forApplication: (title) => `Está iniciando sesión en ${title}.`,
    username: 'Nombre de usuario',
    password: 'Contraseña',
    submit: 'Iniciar sesión',
    forgotten: '¿Ha olvidado su contraseña?',
    signedInAs: (person) => html`Ha iniciado sesión como ${person}.`,
    toAccount: 'Ir a su cuenta',
    wrong: 'El nombre de usuario o la contraseña no es correcto.',
    incomplete: 'Escriba su nombre de usuario y su contraseña.',
    throttled: (until) => html`Demasiadas contraseñas incorrectas. Puede volver a intentarlo a partir de ${until}.`,
    busy: 'Hay demasiada actividad en este momento. No se ha perdido nada: inténtelo de nuevo en unos segundos.',
    passwordAgain: 'Su contraseña es correcta. Escríbala una vez más para recibir un código.',
    useApiKey: 'Esta cuenta pertenece a un programa. Se identifica con una clave de API, no en esta página.',
    unknownApplication: (name) =>
      `Aquí no hay ninguna aplicación «${name}». Vuelva al lugar de donde venía e inténtelo de nuevo.`,
    denied: {
      channelBlocked:
        'Necesita un código para iniciar sesión, pero aquí no hay nada configurado que pueda hacérselo llegar.',
      noMethod: 'Necesita una segunda prueba para iniciar sesión, pero no hay ninguna que pueda usar o configurar.',
    },
    over: 'Este inicio de sesión ha terminado. Escriba su contraseña para empezar de nuevo.',
    exhausted:
      'Demasiados códigos incorrectos: este inicio de sesión ha terminado. Escriba su contraseña para empezar de nuevo.',
    signedOut: 'Ha cerrado la sesión.',
    cancelled: 'Ese inicio de sesión se ha detenido. Ahora puede usar otra cuenta.',
  },

  reset: {
    title: 'Elegir otra contraseña',
    why: 'Escriba su nombre de usuario. Se envía un enlace a la dirección de correo de su cuenta.',
    submit: 'Enviarme un enlace',
    sent: 'Si hay una cuenta con ese nombre a la que un enlace pueda ayudar, va de camino a la dirección de correo de la cuenta. ¿Se envió un enlace hace un momento? Entonces ese sigue sirviendo.',
    noMail: 'Desde aquí no se puede enviar correo. Pida otra contraseña a quienes se ocupan de este sitio.',
    newTitle: 'Elegir otra contraseña',
    newWhy:
      'Si inicia sesión con un segundo factor, se le pide a continuación. Después se cierran todas sus sesiones, y la inicia con la contraseña nueva.',
    over: 'Este enlace ya se usó o es demasiado antiguo.',
    again: 'Pedir otro enlace',
    mailboxOnly:
      'Su segundo factor es un código por correo, y este enlace también llegó por correo: sería la misma prueba dos veces. Pida otra contraseña a quienes se ocupan de este sitio.',
    done: 'Su contraseña se ha sustituido. Inicie sesión con la nueva.',
  },

  lost: {
    link: '¿Lo ha perdido todo? Pedir empezar de nuevo',
    title: 'Todo está perdido',
    why: 'Pida empezar de nuevo. Las personas que se ocupan de este sitio se aseguran de que es usted; después le dicen un código, y usted configura otro autenticador. Se le avisa de la solicitud en todas las direcciones de su cuenta.',
    note: '¿Qué ha pasado? Una línea les ayuda; puede dejarla vacía.',
    noteLong: 'Escriba una línea de 200 caracteres como máximo.',
    submit: 'Pedir empezar de nuevo',
    asked: (at) => html`Su solicitud se anotó: ${at}.`,
    approved: 'Está aprobada.',
    waits: (until) => html`Puede completarse a partir de ${until}, no antes.`,
    call: 'Llame a las personas que se ocupan de este sitio. Se aseguran de quién es usted y le dicen un código. Nunca le piden la contraseña.',
    label: 'El código que le han dicho',
    finish: 'Empezar de nuevo',
    refused: 'Este código no sirve, o ya han pasado sus diez minutos. Pida otro.',
    before: 'Ha hecho una solicitud hace poco. Puede hacer otra una hora después de aquella.',
    nothing:
      'No tiene ningún autenticador que pueda perderse: sus códigos llegan por correo o SMS. Si esa dirección se ha perdido, las personas que se ocupan de este sitio pueden cambiarla.',
    back: 'Volver al código',
    done: 'Lo que perdió ya no vale nada. Inicie sesión y configure un autenticador nuevo.',
    cancelTitle: 'Retirar la solicitud',
    cancelWhy:
      'Alguien que conoce su contraseña ha dicho que usted perdió todo aquello con lo que confirma sus accesos, y ha pedido empezar de nuevo. Si no fue usted, retire la solicitud.',
    cancelSubmit: 'No fui yo: retirar la solicitud',
    cancelled: 'La solicitud se ha retirado. Quien la hizo conoce su contraseña: cámbiela ahora.',
    cancelOver: 'Ya no hay nada que retirar.',
  },

  code: {
    title: 'Escriba su código de seguridad',
    signingInAs: (person) => html`Iniciando sesión como ${person}`,
    cancel: 'Usar otra cuenta',
    label: 'Código de seguridad',
    hint: (number) => `${number} cifras; los espacios no importan.`,
    submit: 'Continuar',
    remember: (length) => `Este dispositivo es mío: no volver a preguntar aquí durante ${length}`,
    fromApp: 'Abra su aplicación de autenticación y escriba el código que muestra para esta cuenta.',
    fromToken: 'Pulse el botón de su token físico y escriba el código que muestra.',
    fromPaper: 'O escriba uno de sus códigos de recuperación.',
    orFromApp: 'También sirve un código de su aplicación de autenticación.',
    sent: (channel, to) => html`Hemos enviado un código ${BY[channel]} a ${to}.`,
    sentInstead: (failed, channel, to) =>
      html`No se pudo enviar ${THE[failed]}. En su lugar, el código fue ${BY[channel]} a ${to}.`,
    onItsWay: (channel, to) => html`Su código va a salir ${BY[channel]} hacia ${to}, pero aún no se ha enviado.`,
    look: 'Mirar de nuevo',
    validUntil: (until, length) => html`Sirve durante ${length}, hasta ${until}.`,
    timeIsUp: 'Su tiempo se ha acabado. Pida uno nuevo.',
    triedAgain: 'Seguimos intentándolo mientras el código sirva.',
    sendFailed: (channel, to) => html`No pudimos enviar un código ${BY[channel]} a ${to}.`,
    notSent: 'No se envió ningún código, porque han salido demasiados mensajes en poco tiempo. Inténtelo más tarde.',
    wrong: (number) => `Ese código no es correcto. ${left(number)}`,
    expired: (number) => `Ese código ha caducado. Pida uno nuevo. ${left(number)}`,
    malformed: (number) => `Escriba las ${number} cifras de su código.`,
    locked: (until) => html`Demasiados códigos incorrectos. No se acepta ninguno antes de ${until}.`,
    lockedForGood:
      'Demasiados códigos incorrectos. No se acepta ninguno hasta que un administrador desbloquee su cuenta.',
    appClock: (now) =>
      html`¿Sigue sin aceptarse? Los códigos dependen de la hora: ponga la fecha y la hora de su teléfono en automático. Aquí son las ${now}.`,
    clockOff: (length, slow, now) =>
      html`El reloj de su teléfono va unos ${length} ${slow ? 'atrasado' : 'adelantado'}. Aquí son las ${now}. Compruebe en el teléfono que la fecha y la hora son correctas, que se ajustan automáticamente y que la zona horaria es la correcta.`,
    notReceived: '¿No ha recibido un código?',
    otherWays: 'Otras formas',
    appWay: 'Código de su aplicación de autenticación',
    recommended: 'recomendado',
    sendAgain: (channel, to) => html`Enviarlo de nuevo ${BY[channel]} a ${to}`,
    send: (channel, to) => html`Enviar un código ${BY[channel]} a ${to}`,
    smsRisk: 'Otras personas pueden apoderarse de un número de teléfono o leer sus mensajes.',
    betterThanSms:
      'Una aplicación de autenticación o una llave de acceso es más segura: configúrela en la página de su cuenta.',
    sameCode:
      'Los mensajes pueden tardar o estar entre el correo no deseado. Si lo pide otra vez, el código sigue siendo el mismo mientras sirva.',
    cooldown: (from) => html`Puede pedir otro código a partir de ${from}.`,
    sendLimit:
      'Ahora no se puede enviar otro código: se ha alcanzado el límite. Use uno que tenga o inténtelo más tarde.',
    notOffered: 'Ahora no se puede enviar un código de esa forma.',
  },

  enrol: {
    title: 'Configure su aplicación de autenticación',
    why: 'A partir de ahora inicia sesión con su contraseña y un código de su teléfono. Esto se configura una sola vez.',
    getApp: 'Instale una aplicación de autenticación en su teléfono, si aún no tiene ninguna.',
    apps: en.enrol.apps,
    anyApp: 'cualquier otra aplicación de códigos TOTP',
    scan: 'En la aplicación, elija añadir una cuenta y escanee esta imagen.',
    picture: 'Código QR para su aplicación de autenticación. Si no puede escanearlo, use la clave de abajo.',
    onThisPhone: '¿En este teléfono? Abrir en la aplicación',
    cannotScan: '¿No puede escanearlo?',
    key: (account) =>
      html`Escriba esta clave en la aplicación, como cuenta basada en la hora con el nombre ${account}:`,
    typeCode: 'Escriba el código que la aplicación muestra ahora.',
    until: (until, length) => html`La imagen sirve durante ${length}, hasta ${until}.`,
    alsoMailed: (to) => html`También hemos enviado un enlace a esta página a ${to}.`,
    over: 'El código QR ha caducado. Aún no hay nada configurado.',
    ended:
      'Este código QR ya no cuenta: su tiempo se ha acabado o hubo demasiados códigos incorrectos. Pida uno nuevo.',
    renew: 'Mostrar un código QR nuevo',
    mailed: (to) =>
      html`Hemos enviado un enlace a ${to}. Ábralo, escanee la imagen que muestra y escriba después el código aquí.`,
    mailOnItsWay: (to) =>
      html`Un enlace va de camino a ${to}. Ábralo, escanee la imagen que muestra y escriba después el código aquí.`,
    mailFailed: (to) => html`No se pudo enviar el enlace a ${to}.`,
    mailNotSent:
      'No se envió ningún enlace, porque han salido demasiados mensajes en poco tiempo. Inténtelo más tarde.',
    mailedCode: 'Código de su aplicación',
    linkUntil: (until, length) => html`El enlace sirve durante ${length}, hasta ${until}.`,
    linkOver: 'El enlace ha caducado. Aún no hay nada configurado.',
    sendLink: 'Enviar un enlace nuevo',
    noMail: 'No se le puede enviar ningún enlace por correo.',
    linkTitle: 'Configure su aplicación de autenticación',
    linkNeedsPassword: 'Antes de mostrarle la imagen para escanear, escriba su nombre de usuario y su contraseña.',
    linkOfAnother:
      'Este enlace pertenece a otro inicio de sesión que el de este navegador. Inicie sesión con la cuenta a la que se envió.',
    linkOverTitle: 'Este enlace ha caducado',
    linkOverSignIn:
      'Los enlaces para configurar una aplicación sirven poco tiempo, y solo el más reciente. Inicie sesión para recibir uno nuevo.',
    toSignIn: 'Iniciar sesión',
  },

  passkey: {
    signIn: 'Usar una llave de acceso',
    ask: 'Confirme con su llave de acceso o su llave de seguridad.',
    use: 'Usar su llave de acceso',
    orCode: 'O escriba un código:',
    refused:
      'Esta llave de acceso no se ha aceptado aquí. Inicie sesión con su nombre de usuario y su contraseña, o inténtelo de nuevo.',
    failed: 'El navegador no ha recibido respuesta de ninguna llave de acceso. Inténtelo de nuevo o elija otra forma.',
    known: 'Este dispositivo ya está registrado.',
    unsupported: 'Este navegador no puede usar llaves de acceso. Elija otra forma o use un navegador más reciente.',
    needsScript: 'Las llaves de acceso necesitan JavaScript, que está desactivado en este navegador.',
    notHere: {
      insecure: 'Las llaves de acceso solo funcionan con una conexión segura (https), y esta página no la tiene.',
      address:
        'Las llaves de acceso necesitan un nombre de servidor, y esta página se ha abierto por una simple dirección.',
    },
  },

  account: {
    title: 'Su cuenta',
    name: 'Nombre',
    application: 'Sesión en',
    proved: 'Probado con',
    since: 'Desde',
    until: 'Termina',
    signOut: 'Cerrar sesión',
    password: 'contraseña',
    app: 'código de una aplicación de autenticación',
    passkey: 'llave de acceso',
    hardware: 'código de un token físico',
    recovery: 'código de recuperación',
    code: { email: 'código por correo', sms: 'código por SMS' },
    external: (provider) => `inicio de sesión en ${provider}`,
    issuedCode: { operator: 'código de emergencia', helpdesk: 'código del servicio de ayuda' },
    rules: {
      remembered_device: 'Este navegador estaba recordado, por eso no se pidió ningún código.',
      bypass: 'Un administrador le ha eximido del código.',
      trusted_network: 'Ha iniciado sesión desde una red de confianza, por eso no se pidió ningún código.',
      grace: 'Pronto se le pedirá que configure una aplicación de autenticación.',
    },
    degraded:
      'Ha entrado sin segunda prueba, porque aún no hay nada configurado que pueda hacerle llegar un código. ' +
      'En cuanto lo haya, se le pedirá uno. Si usted se ocupa de este sitio, configúrelo ahora.',
    own: {
      back: 'Volver a su cuenta',
      factors: 'Cómo demuestra que es usted',
      noFactors: 'No hay nada configurado aparte de su contraseña y de sus direcciones registradas.',
      encourageSecond: 'Configure una segunda prueba: si pierde esta, podrá entrar de todos modos.',
      kinds: {
        app: 'Aplicación de autenticación',
        passkey: 'Llave de acceso o de seguridad',
        hardware: 'Token físico',
      },
      used: (at) => html`Último uso: ${at}`,
      neverUsed: 'Sin usar todavía',
      name: 'Nombre',
      rename: 'Guardar el nombre',
      remove: 'Quitar o dar por perdido',
      removed: 'Se ha quitado. Se han cerrado todas sus demás sesiones.',
      lastFactor: 'Es la última prueba que tiene, y se le exige una. Configure antes otra.',
      addApp: 'Añadir una aplicación de autenticación',
      addPasskey: 'Añadir una llave de acceso o de seguridad',
      passkeyTitle: 'Añadir una llave de acceso',
      passkeyWhat:
        'Una llave de acceso se guarda en este dispositivo o en una llave de seguridad, y se abre con el dedo, la cara o un PIN. Una página falsa no puede usarla.',
      passkeyName: 'Un nombre, para reconocerla',
      passkeyMake: 'Crear la llave de acceso',
      passkeyAdded: 'La llave de acceso se ha añadido.',
      passkeyRefused:
        'No se pudo añadir la llave de acceso: la respuesta del navegador no se aceptó o llegó demasiado tarde. Inténtelo de nuevo.',
      passkeyKnown: 'Esta llave de acceso ya está registrada.',
      passkeyNotAllowed: 'Las llaves de acceso no están entre las formas que se le permiten.',
      endOthers: 'Cerrar todas mis demás sesiones',
      recovery: 'Códigos de recuperación',
      recoveryLeft: plural('es', {
        one: 'Queda # código de recuperación.',
        other: 'Quedan # códigos de recuperación.',
      }),
      recoveryNone: 'No tiene códigos de recuperación. Le permiten entrar cuando ha perdido el teléfono o la llave.',
      recoveryFew: 'Quedan pocos códigos de recuperación. Cree otros nuevos.',
      recoveryWhat:
        'Cada uno de los diez códigos sustituye una vez a su segundo factor. Imprímalos o guárdelos en un gestor de contraseñas; solo se muestran esta vez.',
      recoveryMake: 'Crear códigos de recuperación nuevos',
      recoveryShown: 'Guarde estos códigos donde nadie más los encuentre. Los anteriores ya no sirven.',
      recoveryPrint: 'Imprima esta página con la orden de imprimir de su navegador.',
      recoverySaved: 'Los he guardado',
      recoveryKept: 'Los códigos de recuperación ya se pueden usar.',
      recoveryOver: 'Estos códigos se han sustituido por otros más recientes.',
      recoveryForced:
        'Como administrador necesita códigos de recuperación: puede que no haya nadie más para dejarle entrar.',
      usedRecovery:
        'Ha iniciado sesión con un código de recuperación. Configure una prueba nueva y quite la que ha perdido.',
      devices: 'Navegadores recordados',
      noDevices: 'No hay ningún navegador recordado.',
      deviceSince: (browser, at) => html`<bdi>${browser}</bdi>, recordado desde el ${at}`,
      forget: 'Olvidar',
      forgetAll: 'Olvidarlos todos',
      forgotten: 'La próxima vez se pedirá allí un código.',
      sessions: 'Dónde tiene la sesión iniciada',
      sessionSince: (browser, address, at) =>
        html`<bdi>${browser}</bdi> en <bdi dir="ltr">${address}</bdi>, desde el ${at}`,
      thisSession: 'esta',
      end: 'Cerrar esa sesión',
      endAll: 'Cerrar todas las demás sesiones',
      ended: 'La sesión se ha cerrado.',
      password: 'Contraseña',
      passwordChange: 'Cambiar la contraseña',
      current: 'Contraseña actual',
      wanted: 'Contraseña nueva',
      passwordSave: 'Cambiar la contraseña',
      passwordChanged: 'La contraseña se ha cambiado. Se han cerrado todas sus demás sesiones.',
      passwordWrong: 'La contraseña actual no es correcta.',
      passwordShort: 'Una contraseña necesita al menos 8 caracteres.',
      passwordLong: 'Una contraseña tiene como máximo 256 caracteres.',
      passwordGuessed: 'Esta contraseña es de las que se adivinan primero. Elija otra.',
      proveTitle: 'Confirme que es usted',
      proveWhy: 'Antes de cambiar algo que protege su cuenta, se le pide su contraseña una vez más.',
      prove: 'Confirmar',
      gone: 'Eso ya no existe.',
      named: 'El nombre se ha guardado.',
      address: 'Una dirección nueva',
      addressWhy: (where) =>
        html`Se envió una clave a ${where}. Escríbala aquí y las claves llegarán allí desde entonces; hasta entonces llegan a donde llegaban.`,
      addressCode: 'Clave que llegó allí',
      addressProve: 'Usar esta dirección',
      addressProved: 'La dirección nueva queda comprobada. Las claves llegan allí desde ahora.',
      addressWrong:
        'Esa clave no era correcta. Tras cinco erróneas, su administrador tiene que anotar de nuevo la dirección.',
    },
  },

  contacts: {
    title: 'Quién puede ayudarle',
    phone: (number) => html`Teléfono: ${number}`,
    email: (address) => html`Correo: ${address}`,
    reference: (reference) => html`Dígales esta referencia: ${reference}`,
  },
  stepUp: {
    title: 'Una prueba más',
    why: 'La aplicación en la que inicia sesión pide su segundo factor.',
    submit: 'Continuar',
  },
  external: {
    signIn: (provider) => `Iniciar sesión con ${provider}`,
    title: 'No ha iniciado sesión',
    unknown:
      'Ha iniciado sesión en otro lugar, pero nadie con ese nombre puede entrar aquí. Pregunte a quienes gestionan este sitio.',
    refused:
      'La respuesta del otro inicio de sesión no se puede usar. Empiece de nuevo; sirve una sola vez, en el navegador donde empezó.',
    locked:
      'El segundo paso está bloqueado por demasiados códigos incorrectos. Inténtelo más tarde o pregunte a quienes gestionan este sitio.',
  },
  signOut: {
    title: (site) => `¿Cerrar la sesión en ${site}?`,
    why: 'Lo pide una aplicación. Se cerraría su sesión aquí y en cada aplicación en la que haya entrado desde aquí.',
    submit: 'Cerrar sesión',
    stay: 'Mantener la sesión',
  },
  failure: {
    back: 'Volver al inicio de sesión',
    applicationTitle: 'La aplicación pidió algo que no se puede hacer',
    fromApplication: (why) =>
      `Vuelva a la aplicación y empiece de nuevo. Si vuelve a ocurrir, avise a quienes la gestionan: ${why}.`,
    problems: {
      not_found: { title: 'No encontrado', detail: () => 'No hay nada en esta dirección.' },
      cross_origin: {
        title: 'Petición de otro lugar',
        detail: () => 'Solo las páginas de este servidor pueden hacer cambios.',
      },
      busy: {
        title: 'Saturado',
        detail: () => 'Demasiadas peticiones a la vez. No se ha hecho nada; inténtelo de nuevo en un momento.',
      },
      unavailable: {
        title: 'No disponible',
        detail: () => 'No se puede acceder a la base de datos. No se ha hecho nada; inténtelo de nuevo.',
      },
      internal: {
        title: 'Error interno',
        detail: (request) => `Algo ha fallado en el servidor. Quienes lo gestionan lo encontrarán como ${request}.`,
      },
    },
  },
}
