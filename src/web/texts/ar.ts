import type { Channel } from '#domain/method.ts'
import { apart, plural, type Translation } from '#domain/language.ts'
import { spokenSpan, spokenTime } from '#domain/spoken-time.ts'
import { html } from '../html.ts'
import { en } from './en.ts'
import type { Texts } from './texts.ts'

const BY: Record<Channel, string> = { email: 'بالبريد الإلكتروني', sms: 'برسالة نصية' }
const THE: Record<Channel, string> = { email: 'رسالة البريد الإلكتروني', sms: 'الرسالة النصية' }
const left = plural('ar', {
  zero: 'لم تبقَ محاولات.',
  one: 'بقيت محاولة واحدة.',
  two: 'بقيت محاولتان.',
  few: 'بقيت # محاولات.',
  many: 'بقيت # محاولة.',
  other: 'بقيت # محاولة.',
})

/** Lengths of time stand after a preposition here, so they are in the genitive. */
export const ar: Translation<Texts> = {
  language: 'ar',
  direction: 'rtl',
  ...spokenTime('ar'),
  ...spokenSpan({
    second: plural('ar', {
      one: 'ثانية واحدة',
      two: 'ثانيتين',
      few: '# ثوانٍ',
      many: '# ثانية',
      other: '# ثانية',
    }),
    minute: plural('ar', {
      one: 'دقيقة واحدة',
      two: 'دقيقتين',
      few: '# دقائق',
      many: '# دقيقة',
      other: '# دقيقة',
    }),
    hour: plural('ar', { one: 'ساعة واحدة', two: 'ساعتين', few: '# ساعات', many: '# ساعة', other: '# ساعة' }),
    day: plural('ar', { one: 'يوم واحد', two: 'يومين', few: '# أيام', many: '# يومًا', other: '# يوم' }),
  }),
  errorTitle: (title) => `خطأ: ${title}`,
  pageTitle: (title, site) => (title.includes(site) ? title : `${title} – ${apart(site)}`),
  languages: 'اللغة',

  signIn: {
    title: (site) => `تسجيل الدخول إلى ${apart(site)}`,
    forApplication: (title) => `أنت تسجّل الدخول إلى ${apart(title)}.`,
    username: 'اسم المستخدم',
    password: 'كلمة المرور',
    submit: 'تسجيل الدخول',
    signedInAs: (person) => html`الدخول مسجَّل باسم ${person}.`,
    toAccount: 'الانتقال إلى حسابك',
    wrong: 'اسم المستخدم أو كلمة المرور غير صحيح.',
    incomplete: 'أدخل اسم المستخدم وكلمة المرور.',
    throttled: (until) => html`كلمات مرور خاطئة كثيرة. يمكنك المحاولة مجددًا ابتداءً من ${until}.`,
    busy: 'هناك ضغط كبير في هذه اللحظة. لم يُفقد شيء: حاول مجددًا بعد بضع ثوانٍ.',
    passwordAgain: 'كلمة المرور صحيحة. أدخلها مرة أخرى لتتلقى رمزًا.',
    useApiKey: 'هذا الحساب يخص برنامجًا. وهو يسجّل الدخول بمفتاح API، لا عبر هذه الصفحة.',
    unknownApplication: (name) => `لا يوجد هنا تطبيق باسم «${apart(name)}». عُد إلى حيث كنت وحاول مجددًا.`,
    denied: {
      channelBlocked: 'تحتاج إلى رمز لتسجيل الدخول، لكن لم يُعَدّ هنا أي شيء يمكنه إيصاله إليك.',
      noMethod: 'تحتاج إلى إثبات ثانٍ لتسجيل الدخول، لكن لا يوجد ما يمكنك استخدامه أو إعداده.',
    },
    over: 'انتهت عملية تسجيل الدخول هذه. أدخل كلمة المرور للبدء من جديد.',
    exhausted: 'رموز خاطئة كثيرة، لذلك انتهت عملية تسجيل الدخول هذه. أدخل كلمة المرور للبدء من جديد.',
    signedOut: 'لقد سجّلت الخروج.',
    cancelled: 'أُوقفت عملية تسجيل الدخول تلك. يمكنك الآن استخدام حساب آخر.',
  },

  code: {
    title: 'أدخل رمز الأمان',
    signingInAs: (person) => html`تسجيل الدخول باسم ${person}`,
    cancel: 'استخدام حساب آخر',
    label: 'رمز الأمان',
    hint: (number) => `عدد الأرقام: ${number}؛ لا أثر للمسافات.`,
    submit: 'متابعة',
    remember: (length) => `هذا جهازي الخاص: لا تسأل هنا مجددًا لمدة ${length}`,
    fromApp: 'افتح تطبيق المصادقة وأدخل الرمز الذي يعرضه لهذا الحساب.',
    orFromApp: 'يصلح أيضًا رمز من تطبيق المصادقة.',
    sent: (channel, to) => html`أرسلنا رمزًا ${BY[channel]} إلى ${to}.`,
    sentInstead: (failed, channel, to) =>
      html`تعذّر إرسال ${THE[failed]}. وقد أُرسل الرمز بدلًا من ذلك ${BY[channel]} إلى ${to}.`,
    onItsWay: (channel, to) => html`الرمز في طريقه ${BY[channel]} إلى ${to}، لكنه لم يخرج بعد.`,
    look: 'تحقّق مجددًا',
    validUntil: (until, length) => html`يصلح لمدة ${length}، حتى ${until}.`,
    timeIsUp: 'انتهت مدته. اطلب رمزًا جديدًا.',
    triedAgain: 'نواصل المحاولة ما دام الرمز صالحًا.',
    sendFailed: (channel, to) => html`لم نتمكن من إرسال رمز ${BY[channel]} إلى ${to}.`,
    notSent: 'لم يُرسل أي رمز، لأن رسائل كثيرة خرجت في وقت قصير. حاول مجددًا لاحقًا.',
    wrong: (number) => `هذا الرمز غير صحيح. ${left(number)}`,
    expired: (number) => `انتهت صلاحية هذا الرمز. اطلب رمزًا جديدًا. ${left(number)}`,
    malformed: (number) => `أدخل أرقام الرمز كاملة، وعددها ${number}.`,
    locked: (until) => html`رموز خاطئة كثيرة. لن يُقبل أي رمز قبل ${until}.`,
    lockedForGood: 'رموز خاطئة كثيرة. لن يُقبل أي رمز حتى يفتح أحد المسؤولين قفل حسابك.',
    appClock: (now) =>
      html`ما زال مرفوضًا؟ الرموز مرتبطة بالوقت: اضبط تاريخ هاتفك ووقته على الضبط التلقائي. الوقت هنا ${now}.`,
    clockOff: (length, slow, now) =>
      html`ساعة هاتفك ${slow ? 'متأخرة' : 'متقدمة'} بنحو ${length}. الوقت هنا ${now}. تحقّق في الهاتف من صحة التاريخ والوقت، ومن أنهما يُضبطان تلقائيًا، ومن صحة المنطقة الزمنية.`,
    notReceived: 'لم يصلك رمز؟',
    otherWays: 'طرق أخرى',
    appWay: 'رمز من تطبيق المصادقة',
    recommended: 'موصى به',
    sendAgain: (channel, to) => html`إرساله مجددًا ${BY[channel]} إلى ${to}`,
    send: (channel, to) => html`إرسال رمز ${BY[channel]} إلى ${to}`,
    sameCode:
      'قد تتأخر الرسائل أو تقع في البريد غير المرغوب فيه. وإذا طلبت الرمز مجددًا فإنه يبقى هو نفسه ما دام صالحًا.',
    cooldown: (from) => html`يمكنك طلب رمز آخر ابتداءً من ${from}.`,
    sendLimit: 'لا يمكن إرسال رمز آخر الآن: بلغت الرسائل حدّها. استخدم رمزًا لديك، أو حاول مجددًا لاحقًا.',
    notOffered: 'لا يمكن إرسال رمز بهذه الطريقة الآن.',
  },

  enrol: {
    title: 'إعداد تطبيق المصادقة',
    why: 'من الآن تسجّل الدخول بكلمة المرور ورمز من هاتفك. يجري هذا الإعداد مرة واحدة.',
    getApp: 'ثبّت تطبيق مصادقة على هاتفك، إن لم يكن لديك واحد.',
    apps: en.enrol.apps,
    anyApp: 'أي تطبيق آخر لرموز TOTP',
    scan: 'في التطبيق، اختر إضافة حساب وامسح هذه الصورة.',
    picture: 'رمز QR لتطبيق المصادقة. إن تعذّر مسحه فاستخدم المفتاح أدناه.',
    onThisPhone: 'على هذا الهاتف؟ افتحه في التطبيق',
    cannotScan: 'تعذّر المسح؟',
    key: (account) => html`أدخل هذا المفتاح في التطبيق كحساب معتمد على الوقت باسم ${account}:`,
    typeCode: 'أدخل الرمز الذي يعرضه التطبيق الآن.',
    until: (until, length) => html`تصلح الصورة لمدة ${length}، حتى ${until}.`,
    alsoMailed: (to) => html`أرسلنا أيضًا رابطًا لهذه الصفحة إلى ${to}.`,
    over: 'انتهت صلاحية رمز QR. لم يُعَدّ شيء بعد.',
    ended: 'لم يعد رمز QR هذا صالحًا: انتهت مدته، أو كثرت الرموز الخاطئة. اطلب رمزًا جديدًا.',
    renew: 'عرض رمز QR جديد',
    mailed: (to) => html`أرسلنا رابطًا إلى ${to}. افتحه وامسح الصورة التي يعرضها، ثم أدخل الرمز هنا.`,
    mailOnItsWay: (to) => html`الرابط في طريقه إلى ${to}. افتحه وامسح الصورة التي يعرضها، ثم أدخل الرمز هنا.`,
    mailFailed: (to) => html`تعذّر إرسال الرابط إلى ${to}.`,
    mailNotSent: 'لم يُرسل أي رابط، لأن رسائل كثيرة خرجت في وقت قصير. حاول مجددًا لاحقًا.',
    mailedCode: 'الرمز من تطبيقك',
    linkUntil: (until, length) => html`يصلح الرابط لمدة ${length}، حتى ${until}.`,
    linkOver: 'انتهت صلاحية الرابط. لم يُعَدّ شيء بعد.',
    sendLink: 'إرسال رابط جديد',
    noMail: 'لا يمكن إرسال رابط إليك بالبريد الإلكتروني.',
    linkTitle: 'إعداد تطبيق المصادقة',
    linkNeedsPassword: 'قبل أن نعرض لك الصورة لمسحها، أدخل اسم المستخدم وكلمة المرور.',
    linkOfAnother: 'هذا الرابط يخص عملية دخول غير التي في هذا المتصفح. سجّل الدخول بالحساب الذي أُرسل إليه.',
    linkOverTitle: 'انتهت صلاحية هذا الرابط',
    linkOverSignIn: 'روابط إعداد التطبيق لا تصلح إلا مدة قصيرة، ولا يصلح إلا أحدثها. سجّل الدخول للحصول على رابط جديد.',
    toSignIn: 'تسجيل الدخول',
  },

  account: {
    title: 'حسابك',
    name: 'الاسم',
    application: 'الدخول إلى',
    proved: 'الإثبات',
    since: 'منذ',
    until: 'ينتهي',
    signOut: 'تسجيل الخروج',
    password: 'كلمة المرور',
    app: 'رمز من تطبيق مصادقة',
    code: { email: 'رمز بالبريد الإلكتروني', sms: 'رمز برسالة نصية' },
    external: (provider) => `تسجيل الدخول لدى ${apart(provider)}`,
    issuedCode: { operator: 'رمز طوارئ', helpdesk: 'رمز من مكتب المساعدة' },
    rules: {
      remembered_device: 'هذا المتصفح معروف لدينا، لذلك لم يُطلب رمز.',
      bypass: 'أعفاك أحد المسؤولين من الرمز.',
      trusted_network: 'سجّلت الدخول من شبكة موثوقة، لذلك لم يُطلب رمز.',
      grace: 'سيُطلب منك قريبًا إعداد تطبيق مصادقة.',
    },
    degraded:
      'سُمح لك بالدخول دون إثبات ثانٍ، لأنه لم يُعَدّ بعد أي شيء يمكنه إيصال رمز إليك. ' +
      'حالما يُعَدّ ذلك سيُطلب منك رمز. إن كنت مسؤولًا عن هذا الموقع فأعدّه الآن.',
  },

  contacts: {
    title: 'من يمكنه مساعدتك',
    phone: (number) => html`الهاتف: ${number}`,
    email: (address) => html`البريد الإلكتروني: ${address}`,
    reference: (reference) => html`أخبرهم بهذا الرقم المرجعي: ${reference}`,
  },
  stepUp: {
    title: 'إثبات إضافي',
    why: 'التطبيق الذي تسجّل الدخول إليه يطلب المصادقة الثانية.',
    submit: 'متابعة',
  },
  signOut: {
    title: (site) => `تسجيل الخروج من ${apart(site)}؟`,
    why: 'طلب ذلك أحد التطبيقات. سيُسجَّل خروجك من هنا ومن كل تطبيق سجّلت الدخول إليه من هنا.',
    submit: 'تسجيل الخروج',
    stay: 'البقاء مسجَّلًا',
  },
  failure: {
    back: 'العودة إلى تسجيل الدخول',
    applicationTitle: 'طلب التطبيق شيئًا لا يمكن فعله',
    fromApplication: (why) => `عُد إلى التطبيق وابدأ من جديد. وإن تكرر ذلك فأخبر المسؤولين عن التطبيق: ${apart(why)}.`,
  },
}
