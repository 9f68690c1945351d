import type { Channel } from '#domain/method.ts'
import { apart, plural, type Translation } from '#domain/language.ts'
import { spokenSpan, spokenTime } from '#domain/spoken-time.ts'
import { html } from '../html.ts'
import { en } from './en.ts'
import type { Texts } from './texts.ts'

const BY: Record<Channel, string> = { email: 'בדוא״ל', sms: 'במסרון' }
const NOT_SENT: Record<Channel, string> = { email: 'לא ניתן היה לשלוח דוא״ל.', sms: 'לא ניתן היה לשלוח מסרון.' }
const left = plural('he', { one: 'נותר ניסיון אחד.', two: 'נותרו שני ניסיונות.', other: 'נותרו # ניסיונות.' })

/** Said so that it fits whoever reads it: without a form of address that would have to know their gender. */
export const he: Translation<Texts> = {
  language: 'he',
  direction: 'rtl',
  ...spokenTime('he'),
  ...spokenSpan({
    second: plural('he', { one: 'שנייה אחת', two: 'שתי שניות', other: '# שניות' }),
    minute: plural('he', { one: 'דקה אחת', two: 'שתי דקות', other: '# דקות' }),
    hour: plural('he', { one: 'שעה אחת', two: 'שעתיים', other: '# שעות' }),
    day: plural('he', { one: 'יום אחד', two: 'יומיים', other: '# ימים' }),
  }),
  errorTitle: (title) => `שגיאה: ${title}`,
  pageTitle: (title, site) => (title.includes(site) ? title : `${title} – ${apart(site)}`),
  languages: 'שפה',

  signIn: {
    title: (site) => `כניסה אל ${apart(site)}`,
    forApplication: (title) => `זוהי כניסה אל ${apart(title)}.`,
    username: 'שם משתמש',
    password: 'סיסמה',
    submit: 'כניסה',
    signedInAs: (person) => html`המשתמש המחובר כעת: ${person}.`,
    toAccount: 'אל החשבון',
    wrong: 'שם המשתמש או הסיסמה אינם נכונים.',
    incomplete: 'יש להקליד שם משתמש וסיסמה.',
    throttled: (until) => html`הוקלדו יותר מדי סיסמאות שגויות. אפשר לנסות שוב החל מ־${until}.`,
    busy: 'יש כרגע עומס רב. דבר לא אבד: אפשר לנסות שוב בעוד כמה שניות.',
    passwordAgain: 'הסיסמה נכונה. יש להקליד אותה פעם נוספת כדי לקבל קוד.',
    useApiKey: 'החשבון הזה שייך לתוכנה. היא מזדהה באמצעות מפתח API ולא בדף הזה.',
    unknownApplication: (name) => `אין כאן יישום בשם ״${apart(name)}״. יש לחזור למקום הקודם ולנסות שוב.`,
    denied: {
      channelBlocked: 'דרוש קוד כדי להיכנס, אך לא הוגדר כאן דבר שיכול להביא אותו.',
      noMethod: 'דרוש אימות נוסף כדי להיכנס, אך אין אמצעי שאפשר להשתמש בו או להגדיר אותו.',
    },
    over: 'תהליך הכניסה הזה הסתיים. יש להקליד את הסיסמה כדי להתחיל מחדש.',
    exhausted: 'הוקלדו יותר מדי קודים שגויים, ולכן תהליך הכניסה הסתיים. יש להקליד את הסיסמה כדי להתחיל מחדש.',
    signedOut: 'היציאה הושלמה.',
    cancelled: 'תהליך הכניסה הופסק. אפשר להשתמש עכשיו בחשבון אחר.',
  },

  code: {
    title: 'הקלדת קוד האבטחה',
    signingInAs: (person) => html`כניסה בשם ${person}`,
    cancel: 'שימוש בחשבון אחר',
    label: 'קוד אבטחה',
    hint: (number) => `${number} ספרות; רווחים אינם מפריעים.`,
    submit: 'המשך',
    remember: (length) => `זהו המכשיר הפרטי שלי: לא לשאול כאן שוב במשך ${length}`,
    fromApp: 'יש לפתוח את אפליקציית האימות ולהקליד את הקוד שהיא מציגה לחשבון הזה.',
    orFromApp: 'גם קוד מאפליקציית האימות מתאים.',
    sent: (channel, to) => html`שלחנו קוד ${BY[channel]} אל ${to}.`,
    sentInstead: (failed, channel, to) => html`${NOT_SENT[failed]} במקום זאת נשלח הקוד ${BY[channel]} אל ${to}.`,
    onItsWay: (channel, to) => html`הקוד בדרכו ${BY[channel]} אל ${to}, אך עדיין לא יצא.`,
    look: 'לבדוק שוב',
    validUntil: (until, length) => html`הוא תקף עוד ${length}, עד ${until}.`,
    timeIsUp: 'תוקפו פג. יש לבקש קוד חדש.',
    triedAgain: 'אנו ממשיכים לנסות כל עוד הקוד תקף.',
    sendFailed: (channel, to) => html`לא הצלחנו לשלוח קוד ${BY[channel]} אל ${to}.`,
    notSent: 'לא נשלח קוד, משום שיצאו יותר מדי הודעות בזמן קצר. אפשר לנסות שוב מאוחר יותר.',
    wrong: (number) => `הקוד אינו נכון. ${left(number)}`,
    expired: (number) => `תוקף הקוד פג. יש לבקש קוד חדש. ${left(number)}`,
    malformed: (number) => `יש להקליד את ${number} הספרות של הקוד.`,
    locked: (until) => html`הוקלדו יותר מדי קודים שגויים. שום קוד לא יתקבל לפני ${until}.`,
    lockedForGood: 'הוקלדו יותר מדי קודים שגויים. שום קוד לא יתקבל עד שמנהל המערכת ישחרר את החשבון.',
    appClock: (now) =>
      html`הקוד עדיין נדחה? הקודים תלויים בשעה: יש לכוון את התאריך והשעה בטלפון למצב אוטומטי. השעה כאן: ${now}.`,
    clockOff: (length, slow, now) =>
      html`השעון בטלפון ${slow ? 'מפגר' : 'ממהר'} בערך ב־${length}. השעה כאן: ${now}. יש לבדוק בטלפון שהתאריך והשעה נכונים, שהם נקבעים אוטומטית ושאזור הזמן נכון.`,
    notReceived: 'הקוד לא הגיע?',
    otherWays: 'דרכים אחרות',
    appWay: 'קוד מאפליקציית האימות',
    recommended: 'מומלץ',
    sendAgain: (channel, to) => html`שליחה חוזרת ${BY[channel]} אל ${to}`,
    send: (channel, to) => html`שליחת קוד ${BY[channel]} אל ${to}`,
    sameCode: 'הודעות עלולות להתעכב או להגיע לדואר הזבל. גם בבקשה חוזרת הקוד נשאר אותו קוד כל עוד הוא תקף.',
    cooldown: (from) => html`אפשר לבקש קוד נוסף החל מ־${from}.`,
    sendLimit: 'אי אפשר לשלוח כעת קוד נוסף: המכסה נוצלה. אפשר להשתמש בקוד שכבר התקבל, או לנסות שוב מאוחר יותר.',
    notOffered: 'אי אפשר לשלוח כעת קוד בדרך הזאת.',
  },

  enrol: {
    title: 'הגדרת אפליקציית אימות',
    why: 'מעכשיו הכניסה היא באמצעות הסיסמה וקוד מהטלפון. מגדירים זאת פעם אחת.',
    getApp: 'יש להתקין בטלפון אפליקציית אימות, אם עדיין אין.',
    apps: en.enrol.apps,
    anyApp: 'כל אפליקציה אחרת לקודי TOTP',
    scan: 'באפליקציה יש לבחור בהוספת חשבון ולסרוק את התמונה הזאת.',
    picture: 'קוד QR לאפליקציית האימות. אם אי אפשר לסרוק אותו, יש להשתמש במפתח שלמטה.',
    onThisPhone: 'בטלפון הזה? פתיחה באפליקציה',
    cannotScan: 'אי אפשר לסרוק?',
    key: (account) => html`יש להקליד את המפתח הזה באפליקציה, כחשבון מבוסס־זמן בשם ${account}:`,
    typeCode: 'יש להקליד את הקוד שהאפליקציה מציגה עכשיו.',
    until: (until, length) => html`התמונה תקפה עוד ${length}, עד ${until}.`,
    alsoMailed: (to) => html`שלחנו קישור לדף הזה גם אל ${to}.`,
    over: 'תוקף קוד ה־QR פג. עדיין לא הוגדר דבר.',
    ended: 'קוד ה־QR הזה אינו תקף עוד: זמנו עבר, או שהוקלדו יותר מדי קודים שגויים. יש לבקש חדש.',
    renew: 'הצגת קוד QR חדש',
    mailed: (to) => html`שלחנו קישור אל ${to}. יש לפתוח אותו, לסרוק את התמונה שהוא מציג, ואז להקליד כאן את הקוד.`,
    mailOnItsWay: (to) => html`קישור בדרכו אל ${to}. יש לפתוח אותו, לסרוק את התמונה שהוא מציג, ואז להקליד כאן את הקוד.`,
    mailFailed: (to) => html`לא ניתן היה לשלוח את הקישור אל ${to}.`,
    mailNotSent: 'לא נשלח קישור, משום שיצאו יותר מדי הודעות בזמן קצר. אפשר לנסות שוב מאוחר יותר.',
    mailedCode: 'הקוד מהאפליקציה',
    linkUntil: (until, length) => html`הקישור תקף עוד ${length}, עד ${until}.`,
    linkOver: 'תוקף הקישור פג. עדיין לא הוגדר דבר.',
    sendLink: 'שליחת קישור חדש',
    noMail: 'אי אפשר לשלוח אליך קישור בדוא״ל.',
    linkTitle: 'הגדרת אפליקציית אימות',
    linkNeedsPassword: 'לפני הצגת התמונה לסריקה, יש להקליד שם משתמש וסיסמה.',
    linkOfAnother: 'הקישור הזה שייך לכניסה אחרת מזו שבדפדפן הזה. יש להיכנס עם החשבון שאליו נשלח.',
    linkOverTitle: 'תוקף הקישור הזה פג',
    linkOverSignIn: 'קישורים להגדרת אפליקציה תקפים לזמן קצר בלבד, ורק החדש ביותר תקף. יש להיכנס כדי לקבל קישור חדש.',
    toSignIn: 'כניסה',
  },

  account: {
    title: 'החשבון שלי',
    name: 'שם',
    application: 'כניסה אל',
    proved: 'אומת באמצעות',
    since: 'החל מ־',
    until: 'מסתיים',
    signOut: 'יציאה',
    password: 'סיסמה',
    app: 'קוד מאפליקציית אימות',
    code: { email: 'קוד בדוא״ל', sms: 'קוד במסרון' },
    external: (provider) => `כניסה דרך ${apart(provider)}`,
    issuedCode: { operator: 'קוד חירום', helpdesk: 'קוד ממוקד התמיכה' },
    rules: {
      remembered_device: 'הדפדפן הזה מוכר, ולכן לא נדרש קוד.',
      bypass: 'מנהל המערכת נתן לחשבון הזה פטור מהקוד.',
      trusted_network: 'הכניסה הייתה מרשת מהימנה, ולכן לא נדרש קוד.',
      grace: 'בקרוב תופיע בקשה להגדיר אפליקציית אימות.',
    },
    degraded:
      'הכניסה אושרה ללא אימות נוסף, משום שעדיין לא הוגדר כאן דבר שיכול להביא קוד. ' +
      'כשיוגדר, יידרש קוד. מי שאחראי על האתר הזה מתבקש להגדיר זאת עכשיו.',
  },

  contacts: {
    title: 'מי יכול לעזור',
    phone: (number) => html`טלפון: ${number}`,
    email: (address) => html`דוא״ל: ${address}`,
    reference: (reference) => html`יש למסור להם את המספר הזה: ${reference}`,
  },
  stepUp: {
    title: 'אימות נוסף',
    why: 'היישום שאליו נכנסים מבקש את האימות הנוסף.',
    submit: 'המשך',
  },
  signOut: {
    title: (site) => `לצאת מ־${apart(site)}?`,
    why: 'יישום מבקש זאת. היציאה תהיה מכאן ומכל יישום שהכניסה אליו נעשתה מכאן.',
    submit: 'יציאה',
    stay: 'להישאר בפנים',
  },
  failure: {
    back: 'חזרה לכניסה',
    applicationTitle: 'היישום ביקש דבר שאי אפשר לעשות',
    fromApplication: (why) =>
      `יש לחזור ליישום ולהתחיל מחדש. אם זה קורה שוב, יש להודיע לאחראים על היישום: ${apart(why)}.`,
  },
}
