import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGuessedFirst } from './guessed-password.ts'

const NAMES = ['kim', 'acme']

for (const password of [
  'password',
  'Password1!',
  'P@ssw0rd2026',
  '12345678',
  '87654321',
  'aaaaaaaaaaaa',
  'abababab',
  'qwertyuiop',
  'passwordpassword',
  'Welcome2026!',
  'Sommer'.replace('Sommer', 'summer2026'),
  'kim123456',
  'KimKim!!',
  'acme-2026',
  'Acme1234',
  'abcdefgh',
  'ｐａｓｓｗｏｒｄ',
  'motdepasse1',
  'countersign1',
])
  test(`[R-100] guessed first, and refused: ${password}`, () => assert.ok(isGuessedFirst(password, NAMES)))

for (const password of [
  'kim-demo-password',
  'correct horse battery staple',
  'a password of my own',
  'all lower case and no digit',
  '8 4 1 9 2 7 3 6',
  'пароль без цифр и знаков',
  '🐎🔋📎🐟🌧️🧱🪟🧵',
])
  test(`[R-100] no rule of composition refuses: ${password}`, () => assert.ok(!isGuessedFirst(password, NAMES)))
