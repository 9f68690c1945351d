import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chronicle } from './chronicle.ts'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

chronicle('moving in', { preset: 'erp' }, async ({ about, api, types, clock }) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-moving-'))
  const before = process.cwd()
  process.chdir(folder)
  try {
    const imports = async (command: string, text: string): Promise<void> => {
      writeFileSync('file', text)
      await types(`import ${command} file --dry-run --site acme`)
      await types(`import ${command} file --errors problems.csv --site acme`)
    }
    about('From a table')
    await imports(
      'csv',
      `username,secret,digits,algorithm,period\nkim,${SECRET},6,SHA1,30\nsam,${SECRET},8,SHA256,60\n`,
    )
    await imports(
      'csv',
      `username,secret,digits,algorithm,period\nnobody,${SECRET},6,SHA1,30\nop,short,5,MD5,x\nkim,${SECRET},6,SHA1,30\n,,,,\n`,
    )
    await imports('csv', 'colour\nred\n')
    await imports(
      'csv',
      `username,otpauth\nop,otpauth://totp/Acme:op?secret=${SECRET}&issuer=Acme\nweb,otpauth://hotp/web?secret=${SECRET}&counter=1\n`,
    )
    about('From a list of addresses')
    await imports('otpauth', `otpauth://totp/Acme:op?secret=${SECRET}&issuer=Acme\n`)
    await imports(
      'otpauth',
      `otpauth://totp/Acme:op?secret=JBSWY3DP\nhttps://example.com\notpauth://totp/nobody?secret=${SECRET}\n`,
    )
    about('Users')
    writeFileSync('users', 'username,email,roles\nada,ada@acme.test,\nbo,bo@acme.test,Administrator\n')
    await types('users import users --dry-run --site acme')
    await types('users import users --site acme')
    await types('users import users --errors problems.csv --site acme')
    await types('users import nothing --site acme')
    about('Tokens')
    writeFileSync('tokens', `serial,secret\nT1,${SECRET}\nT2,${SECRET}\n`)
    await types('hardware import tokens --dry-run --site acme')
    await types('hardware import tokens --site acme')
    await types('hardware import tokens --site acme')
    about('What came of it')
    for (const username of ['sam', 'kim'])
      await api('POST /login', { username, password: `${username}-demo-password` }, { token: null })
    await types('users list --site acme')
    await types('users show kim --site acme')
    await types('reports adoption --site acme')
    clock.pass(86_400_000)
    await types('audit list --site acme')
    await types('audit verify --site acme')
    await types('audit prove 3 --site acme')
    await types('audit prove 9999 --site acme')
    await types('audit key --site acme')
    await types('audit streams --site acme')
    await types('doctor')
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  }
})
