import { createCipheriv, createHmac } from 'node:crypto'

// A small Frappe site as mysqldump writes it, with what Frappe keeps of the second factor.

export const SITE_KEY = Buffer.alloc(32, 5)
export const SITE_CONFIG = JSON.stringify({ db_name: '_acme', encryption_key: SITE_KEY.toString('base64') })

/** 80 bits, as every secret of Frappe has; what people's apps hold. */
export const SECRETS = { ada: 'JBSWY3DPEHPK3PXP', ben: 'GEZDGNBVGY3TQOJQ', new: 'MFRGGZDFMZTWQ2LK' } as const

/** The password `kim-old-password`, hashed as passlib does. */
export const HASH = '$pbkdf2-sha256$29000$AAECAwQFBgcICQoLDA0ODw$KIAqKQOi7qLC6GDQLDgLx0N3qGxXyEJgMwaI8IDp4qc'
export const PASSWORD = 'kim-old-password'

/** What Frappe's encryption makes of a text (Fernet specification). */
export function encrypted(text: string, key = SITE_KEY): string {
  const iv = Buffer.alloc(16, 9)
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), iv)
  const time = Buffer.from([0, 0, 0, 0, 0x6a, 0, 0, 0])
  const signed = Buffer.concat([Buffer.from([0x80]), time, iv, cipher.update(text), cipher.final()])
  return Buffer.concat([signed, createHmac('sha256', key.subarray(0, 16)).update(signed).digest()])
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

export function frappeDump(more: readonly string[] = []): string {
  const twoFactor = [
    ['ada@acme.test', SECRETS.ada],
    ['ben@acme.test', SECRETS.ben],
    ['new@acme.test', SECRETS.new],
  ].map(([user, secret = '']) => `('x','__2fa','${user}_otpsecret','${encrypted(secret)}')`)
  return [
    '-- MariaDB dump 10.19',
    'CREATE TABLE `tabUser` (',
    '  `name` varchar(140) NOT NULL,',
    '  `enabled` int(1) NOT NULL DEFAULT 1,',
    '  `email` varchar(140) DEFAULT NULL,',
    '  `full_name` varchar(140) DEFAULT NULL,',
    '  `mobile_no` varchar(140) DEFAULT NULL,',
    '  `user_type` varchar(140) DEFAULT NULL,',
    '  `language` varchar(140) DEFAULT NULL,',
    '  PRIMARY KEY (`name`)',
    ') ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;',
    'INSERT INTO `tabUser` VALUES',
    "INSERT INTO `tabUser` VALUES ('Administrator',1,'admin@acme.test','Administrator',NULL,'System User','en'),('Guest',1,'guest@acme.test','Guest',NULL,'Website User',NULL),('ada@acme.test',1,'ada@acme.test','Ada \\'the\\' First','+49 151 1234-5678','System User','de'),('ben@acme.test',1,'ben@acme.test','Ben','0151','Website User',NULL),('new@acme.test',1,'new@acme.test','New',NULL,'System User',NULL),('off@acme.test',0,'off@acme.test','Off',NULL,'System User',NULL);",
    "INSERT INTO `tabHas Role` (`name`,`parent`,`parenttype`,`role`) VALUES ('1','ada@acme.test','User','Accounts Manager'),('2','ada@acme.test','User','Blogger'),('3','ada@acme.test','User','All'),('4','Sales','Role Profile','Blogger');",
    `INSERT INTO \`__Auth\` (\`doctype\`,\`name\`,\`fieldname\`,\`password\`,\`encrypted\`) VALUES ('User','ada@acme.test','password','${HASH}',0),('User','ben@acme.test','password','$argon2id$v=19$m=1024,t=2,p=2$xx$yy',0),('Email Account','mail','password','gAAAAAB',1);`,
    `INSERT INTO \`tabDefaultValue\` (\`name\`,\`parent\`,\`defkey\`,\`defvalue\`) VALUES ${twoFactor.join(',')},('x','__2fa','ada@acme.test_otplogin','1'),('x','__2fa','ben@acme.test_otplogin','1'),('x','__default','language','en');`,
    ...more,
    '',
  ].join('\n')
}
