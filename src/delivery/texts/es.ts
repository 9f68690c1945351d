import type { Translation } from '#domain/language.ts'
import { spokenTime } from '#domain/spoken-time.ts'
import type { Texts } from './texts.ts'

const from = (site: string): string => (site === '' ? '' : `${site}: `)

/** In an SMS without á, í, ó and ú, which its seven-bit alphabet lacks: other words, or none of these letters. */
export const es: Translation<Texts> = {
  language: 'es',
  direction: 'ltr',
  moment: spokenTime('es').moment,
  browser({ browser, system }) {
    if (browser !== null && system !== null) return `${browser} en ${system}`
    return browser ?? system ?? 'ninguno que conozcamos'
  },
  labels: { person: 'Para', when: 'Cuándo', browser: 'Navegador', address: 'Dirección de red' },
  code: {
    rest: (site) => ` es su código de seguridad de ${site}`,
    title: 'Código de seguridad',
    use: (until) => `Escríbalo en la página que lo pide. Sirve una sola vez, hasta el ${until}.`,
    notYou: (site) =>
      `Si no ha sido usted, otra persona conoce su contraseña: cámbiela y avise a quienes se ocupan de ${site}. ` +
      'No dé este código a nadie, lo pida quien lo pida.',
    sms: (site) => (site === '' ? ' es su clave de seguridad.' : ` es su clave de seguridad de ${site}.`),
  },
  enrolment: {
    subject: (site) => `Configure su aplicación de autenticación para ${site}`,
    open: (site) => `En esta página conecta una aplicación de autenticación con su cuenta de ${site}:`,
    until: (until) =>
      `El enlace sirve hasta el ${until}. Abrirlo no cambia nada: la aplicación cuenta en cuanto haya escrito un primer código de ella.`,
    notYou: (site) =>
      'Si no estaba iniciando sesión ahora mismo, no use el enlace: otra persona conoce su contraseña. ' +
      `Cámbiela y avise a quienes se ocupan de ${site}.`,
  },
  reset: {
    subject: (site) => `Elija otra contraseña para ${site}`,
    open: (site) => `En esta página elige otra contraseña para su cuenta de ${site}:`,
    until: (until) =>
      `El enlace sirve una sola vez, hasta el ${until}. Si inicia sesión con un segundo factor, se le pide antes de que cuente la contraseña nueva.`,
    notYou: () => 'Si no lo ha pedido, no use el enlace: su contraseña queda como está.',
  },
  resetMailed: {
    subject: (site) => `Elija una contraseña para ${site}`,
    open: (site) =>
      `Quienes se ocupan de ${site} le han enviado este enlace. En esta página elige la contraseña de su cuenta de ${site}; nadie más la ve:`,
    until: (until) =>
      `El enlace funciona una sola vez, hasta el ${until}. Si inicia sesión con un segundo factor, es posible que se le pida antes de que la contraseña valga.`,
    notYou: (site) => `Si no sabe nada de ello, no use el enlace y pregunte a quienes se ocupan de ${site}.`,
  },
  lost: {
    subject: (site) => `Alguien ha pedido empezar de nuevo en ${site} en su nombre`,
    open: (site) =>
      `Con su contraseña, alguien ha dicho que usted perdió todo aquello con lo que confirma sus accesos a ${site}. Si no fue usted, retire la solicitud en esta página:`,
    until: (until) => `El enlace funciona hasta el ${until}, o hasta que se decida la solicitud.`,
    notYou: (site) =>
      `Si fue usted, no use el enlace y llame a las personas que se ocupan de ${site}. Si no, cambie también su contraseña.`,
  },
  notices: {
    passkey_added: {
      subject: (site) => `Se ha añadido una llave de acceso a su cuenta de ${site}`,
      paragraphs: (site) => [
        `A partir de ahora, esta llave de acceso abre su cuenta de ${site}.`,
        `Si no ha sido usted, otra persona puede iniciar sesión en su nombre: avise de inmediato a quienes se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}hay una nueva llave de acceso en su cuenta. Si no ha sido usted, avise ya a su administrador.`,
    },
    authenticator_removed: {
      subject: (site) => `Se ha quitado un segundo factor de su cuenta de ${site}`,
      paragraphs: (site) => [
        `Ya no abre su cuenta de ${site}, y se han cerrado todas sus demás sesiones.`,
        `Si no ha sido usted, avise de inmediato a quienes se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}se ha quitado un segundo factor de su cuenta. Si no ha sido usted, avise ya a su administrador.`,
    },
    recovery_codes_made: {
      subject: (site) => `Nuevos códigos de recuperación para su cuenta de ${site}`,
      paragraphs: (site) => [
        `Alguien que había iniciado sesión como usted ha creado nuevos códigos de recuperación para su cuenta de ${site}. Los anteriores ya no sirven.`,
        `Si no ha sido usted, avise de inmediato a quienes se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}se han creado nuevas claves para recuperar su cuenta. Si no ha sido usted, avise ya a su administrador.`,
    },
    recovery_code_used: {
      subject: (site) => `Se ha usado un código de recuperación de su cuenta de ${site}`,
      paragraphs: (site) => [
        'Se ha aceptado en lugar de su segundo factor y no se puede volver a usar.',
        `Si no ha sido usted, otra persona está en su cuenta de ${site}: avise de inmediato a quienes se ocupan de ella y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}se ha usado una clave para recuperar su cuenta. Si no ha sido usted, avise ya a su administrador.`,
    },
    recovery_codes_few: {
      subject: (site) => `Quedan pocos códigos de recuperación para su cuenta de ${site}`,
      paragraphs: (site) => [
        'Se ha aceptado un código de recuperación en lugar de su segundo factor. Quedan tres como máximo: cree otros nuevos en la página de su cuenta.',
        `Si no ha sido usted, otra persona está en su cuenta de ${site}: avise de inmediato a quienes se ocupan de ella y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}se ha usado una clave para recuperar su cuenta; quedan pocas. Si no ha sido usted, avise ya a su administrador.`,
    },
    password_changed: {
      subject: (site) => `Se ha cambiado la contraseña de su cuenta de ${site}`,
      paragraphs: (site) => [
        'Se han cerrado todas sus demás sesiones, y ya no se recuerda ningún navegador.',
        `Si no ha sido usted, avise de inmediato a quienes se ocupan de ${site}.`,
      ],
      sms: (site) => `${from(site)}se ha cambiado su contraseña. Si no ha sido usted, avise ya a su administrador.`,
    },
    device_token_reused: {
      subject: (site) => `Es posible que se haya copiado un navegador recordado de su cuenta en ${site}`,
      paragraphs: (site) => [
        `Alguien que conoce su contraseña ha presentado una cookie antigua de un navegador que ${site} recuerda para usted. Eso ocurre cuando se ha copiado una cookie, y casi nunca por casualidad.`,
        'El navegador se ha olvidado, y quien usó su cookie ya no tiene la sesión abierta. Allí se pedirá de nuevo un código de seguridad.',
        `Si no ha restaurado una copia antigua de su navegador, cambie su contraseña y avise a las personas que se ocupan de ${site}.`,
      ],
      sms: (site) => `${from(site)}puede que se haya copiado un navegador suyo. Cambie su contraseña.`,
    },
    recovery_requested: {
      subject: (site) => `Alguien ha pedido empezar de nuevo en ${site} en su nombre`,
      paragraphs: (site) => [
        `Con su contraseña, alguien ha dicho que usted perdió todo aquello con lo que confirma sus accesos a ${site}.`,
        `Si no fue usted, avise enseguida a las personas que se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}con su contraseña alguien dijo que ha perdido su segundo factor. ¿No fue usted? Avise al administrador.`,
    },
    recovery_approved: {
      subject: (site) => `Su solicitud de empezar de nuevo en ${site} está aprobada`,
      paragraphs: (site) => [
        `Una persona que se ocupa de ${site} se ha asegurado de que usted lo perdió todo. Con un código que le dice, usted configura un autenticador nuevo.`,
        `Si no sabe nada de esto, avise enseguida a las personas que se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}su solicitud de empezar de nuevo fue aprobada. ¿No fue usted? Avise al administrador.`,
    },
    codes_flooded: {
      subject: (site) => `Se piden códigos una y otra vez para su cuenta de ${site}`,
      paragraphs: (site) => [
        `Hoy se han pedido muchos códigos de seguridad con su contraseña, y nadie ha escrito ninguno. Por ahora no se envían más.`,
        `Si no ha sido usted, alguien tiene su contraseña de ${site}: cámbiela y avise a quienes se ocupan de ${site}. No dé ningún código a nadie, lo pida quien lo pida.`,
        'Nadie ha entrado con estos códigos. La aplicación de autenticación y los códigos de recuperación siguen funcionando.',
      ],
      sms: (site) =>
        `${from(site)}se han pedido muchas claves con su contraseña. Si no ha sido usted, cambie la contraseña.`,
    },
    factor_locked: {
      subject: (site) => `Demasiados códigos de seguridad incorrectos para su cuenta de ${site}`,
      paragraphs: (site) => [
        `Alguien que conoce su contraseña ha escrito demasiados códigos de seguridad incorrectos en ${site}. Durante un rato no se acepta ninguno.`,
        'Si ha sido usted, espere un poco e inicie sesión de nuevo.',
        `Si no ha sido usted, cambie su contraseña y avise a quienes se ocupan de ${site}. Nadie ha entrado con esos códigos.`,
      ],
      sms: (site) =>
        `${from(site)}alguien con su contraseña ha fallado demasiadas claves. Si no ha sido usted, cambie su contraseña.`,
    },
    factor_disabled: {
      subject: (site) => `El segundo factor de su cuenta de ${site} está desactivado`,
      paragraphs: (site) => [
        `Alguien que conoce su contraseña ha escrito cien códigos de seguridad incorrectos seguidos en ${site}. Ya ningún código abre su cuenta.`,
        `Nadie ha entrado con esos códigos. Sus administradores ya lo saben y pueden permitirle configurar de nuevo su segundo factor.`,
        `Cambie su contraseña en todo caso: puede que otra persona la conozca.`,
      ],
      sms: (site) =>
        `${from(site)}demasiadas claves incorrectas: segundo factor desactivado. Llame a su administrador.`,
    },
    user_factor_disabled: {
      subject: (site, { name }) => `El segundo factor de ${name} en ${site} está desactivado`,
      paragraphs: (site, { name }) => [
        `Se han escrito cien códigos de seguridad incorrectos seguidos para ${name} en ${site}. Ya ningún código abre esta cuenta, y desbloquearla no lo cambia.`,
        `Quien los escribió conoce la contraseña. Pregunte a ${name}, por una vía segura, si fue quien lo intentó; después restablezca los autenticadores y haga que elija otra contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}un segundo factor se ha desactivado tras cien claves incorrectas. Consulte el registro.`,
    },
    authenticator_added: {
      subject: (site) => `Se ha añadido una aplicación de autenticación a su cuenta de ${site}`,
      paragraphs: (site) => [
        `A partir de ahora, los códigos de esta aplicación abren su cuenta de ${site} junto con su contraseña.`,
        `Si no ha sido usted, otra persona puede iniciar sesión en su nombre: avise de inmediato a quienes se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}hay una nueva app de acceso en su cuenta. Si no ha sido usted, avise ya a su administrador.`,
    },
    authenticators_reset: {
      subject: (site) => `Se ha restablecido su segundo factor de ${site}`,
      paragraphs: (site) => [
        `Se han quitado las aplicaciones de autenticación de su cuenta de ${site} y se han cerrado todas sus sesiones. En el próximo inicio de sesión configurará una nueva.`,
        `Si no lo ha pedido, no espere: avise a quienes se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) => `${from(site)}se ha quitado su segundo factor. Si no lo ha pedido, avise ya a su administrador.`,
    },
    contact_changed: {
      subject: (site) => `Se ha cambiado el correo o el teléfono de su cuenta de ${site}`,
      paragraphs: (site) => [
        `Los códigos y avisos de su cuenta de ${site} ya no llegan a donde está leyendo esto.`,
        `Si no lo ha querido, avise de inmediato a quienes se ocupan de ${site}.`,
      ],
      sms: (site) => `${from(site)}sus claves ya no llegan a este lugar. Si no lo ha pedido, avise a su administrador.`,
    },
    contact_waiting: {
      subject: (site) => `Se ha anotado otro correo o teléfono para su cuenta de ${site}`,
      paragraphs: (site) => [
        `Allí se envió una clave. Sus claves siguen llegando a donde llegaban hasta que inicie sesión en ${site} y escriba esa clave en la página de su cuenta.`,
        `Si no lo ha querido, no escriba nada y avise de inmediato a quienes se ocupan de ${site}.`,
      ],
      sms: (site) =>
        `${from(site)}se ha anotado otro contacto para su cuenta. Si no lo ha pedido, avise a su administrador.`,
    },
    emergency_code: {
      subject: (site) => `Se ha creado un código de emergencia para su cuenta de ${site}`,
      paragraphs: (site) => [
        `En el servidor de ${site}, alguien ha creado un código que sustituye a su segundo factor, una sola vez y durante diez minutos.`,
        `Si no sabe nada de ello, avise de inmediato a quienes se ocupan de ${site} y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}se ha creado una clave de emergencia para su cuenta. Si no la ha pedido, avise a su administrador.`,
    },
    helpdesk_code: {
      subject: (site) => `El servicio de ayuda ha creado un código para su cuenta de ${site}`,
      paragraphs: (site) => [
        'Sustituye a su segundo factor, una sola vez y durante 60 minutos, junto con su contraseña.',
        `Si no ha llamado al servicio de ayuda de ${site}, otra persona lo ha hecho en su nombre: avíseles de inmediato y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}el servicio de ayuda ha creado una clave para usted. Si no ha llamado, avise de inmediato.`,
    },
    helpdesk_unlocked: {
      subject: (site) => `El servicio de ayuda ha desbloqueado su cuenta de ${site}`,
      paragraphs: (site) => [
        'Después de demasiados códigos incorrectos, vuelven a aceptarse.',
        `Si no ha llamado al servicio de ayuda de ${site}, otra persona lo ha hecho en su nombre: avíseles de inmediato y cambie su contraseña.`,
      ],
      sms: (site) =>
        `${from(site)}el servicio de ayuda ha desbloqueado su cuenta. Si no ha llamado, avise de inmediato.`,
    },
    helpdesk_resent: {
      subject: (site) => `El servicio de ayuda le ha enviado de nuevo su código de ${site}`,
      paragraphs: (site) => [
        'Ha ido a la dirección o al número que consta en su cuenta, y nadie del servicio de ayuda lo ha visto.',
        `Si no ha llamado al servicio de ayuda de ${site}, otra persona lo ha hecho en su nombre: no dé el código a nadie y cambie su contraseña.`,
      ],
      sms: (site) => `${from(site)}el servicio de ayuda le ha enviado de nuevo su clave. No la entregue a nadie.`,
    },
    bypass_ending: {
      subject: (site, { name }) => `La exención de ${name} en ${site} está a punto de terminar`,
      paragraphs: (site, { name, until }) => [
        `Usted eximió a ${name} del segundo factor en ${site}. Eso termina por sí solo: ${until}.`,
        'Desde entonces se pedirá de nuevo el segundo factor. Si así debe ser, no hay que hacer nada.',
        'Si el motivo sigue valiendo, conceda una nueva exención antes de ese día. Si ya no vale, puede terminarla ahora.',
      ],
      sms: (site) => `${from(site)}termina pronto un permiso sin segundo factor que usted dio.`,
    },
    fail_mode_changed: {
      subject: (site) => `Se ha cambiado lo que hace ${site} sin una forma de enviar códigos`,
      paragraphs: (site, { name }) => [
        `${name} ha cambiado el ajuste que dice qué ocurre en ${site} cuando no están configurados ni el correo ni los SMS. Puede dejar entrar solo con la contraseña.`,
        'Si conoce este cambio, no hay que hacer nada. Si no, mire el registro de auditoría y restablezca el ajuste.',
      ],
      sms: (site) =>
        `${from(site)}se ha cambiado lo que ocurre cuando faltan claves. Si no sabe nada de ello, revise los registros del sitio.`,
    },
    channel_removal: {
      subject: (site) => `Se va a retirar la forma en que ${site} envía sus códigos`,
      paragraphs: (site, { name, until }) => [
        `${name} ha pedido retirar el servidor que le ha traído este mensaje. Ocurrirá por sí solo: ${until}. Hasta entonces todo sigue igual.`,
        'Si lo sabe, no hay que hacer nada.',
        'Si no, actúe hoy: conserve el canal en la consola, en Ajustes, o con la orden channels keep, y averigüe quién lo pidió. Sin él, quizá se entre solo con la contraseña, o no se entre.',
      ],
      sms: (site) =>
        `${from(site)}la forma de enviar sus claves se retira mañana. Si no sabe nada de ello, consérvela en la consola.`,
    },
    channel_changed: {
      subject: (site) => `Se ha cambiado la forma en que ${site} envía sus códigos`,
      paragraphs: (site, { name }) => [
        `${name} ha cambiado o desactivado el servidor que le ha traído este mensaje. Es el último por esa vía: los códigos y avisos de ${site} toman ahora otra.`,
        'Si conoce este cambio, no hay que hacer nada.',
        'Si no, actúe de inmediato: quien tenga la nueva vía puede leer todos los códigos. Mire el registro de auditoría y restablezca el canal.',
      ],
      sms: (site) =>
        `${from(site)}se ha cambiado la forma de enviar sus claves. Si no sabe nada de ello, reaccione de inmediato.`,
    },
  },
}
