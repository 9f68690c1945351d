/** What is tried first wherever passwords are guessed, in the languages of our pages; without the digits and signs that are put around it. */
const TRIED_FIRST = new Set(
  (
    'password passwort kennwort motdepasse contrasena clave senha parola sisma qwerty qwertz azerty asdf asdfgh yxcvbn zxcvbn qwertyuiop ' +
    'letmein welcome willkommen bienvenue bienvenido admin administrator root guest gast user benutzer test testing demo default changeme ' +
    'login secret geheim computer internet iloveyou monkey dragon football baseball sunshine princess superman batman master shadow ' +
    'trustno starwars whatever freedom hello hallo bonjour hola shalom spring summer autumn winter company office system server database ' +
    'countersign authenticator security'
  ).split(' '),
)

const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
]
const WRITTEN_AS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * Whether a password is among those that are guessed first: a word that is tried everywhere or one of these names, with whatever digits
 * and signs around it, also written twice; one character, or a run of the keyboard, over and over. It says nothing of how a password is made up
 * otherwise (NIST SP 800-63B-4 3.1.1.2).
 */
export function isGuessedFirst(password: string, names: readonly string[]): boolean {
  const plain = password
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._-]/g, '')
  if (new Set(plain).size <= 2 || RUNS.some((run) => `${run}${run}`.includes(plain))) return true
  const known = new Set([...TRIED_FIRST, ...names.map((name) => name.normalize('NFKC').toLowerCase())])
  return [plain, asLetters(plain), asLetters(bare(plain))].some((text) => {
    const word = bare(text)
    const half = word.slice(0, word.length / 2)
    return known.has(word) || known.has(text) || (half !== '' && half + half === word && known.has(half))
  })
}

/** Without what is put around a word. */
function bare(text: string): string {
  return text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}

function asLetters(text: string): string {
  return [...text].map((each) => WRITTEN_AS[each] ?? each).join('')
}
