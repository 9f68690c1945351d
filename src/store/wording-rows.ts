import type { SiteId } from '#domain/id.ts'
import { isLanguage } from '#domain/language.ts'
import { isWordedMessage, type SiteWording } from '#domain/wording.ts'
import type { WordingChange, WordingStore } from '#ports/wordings.ts'
import { id, text, textOrNull } from './columns.ts'
import { all, type Database, type Row, run, type Work, readAt } from './database.ts'

const WORDINGS = {
  set: `INSERT INTO wordings (site_id, message, language, subject, mail_text, sms) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, message, language) DO UPDATE
    SET subject = excluded.subject, mail_text = excluded.mail_text, sms = excluded.sms`,
  remove: 'DELETE FROM wordings WHERE site_id = ? AND message = ? AND language = ?',
  ofSite: 'SELECT * FROM wordings WHERE site_id = ? ORDER BY message, language',
} as const

/** Under the same promise as `applyChange`. */
export function* applyWordingChange(site: SiteId, change: WordingChange): Work<number> {
  const { message, language } = change.wording
  switch (change.kind) {
    case 'set-wording': {
      const { subject, text: mail, sms } = change.wording
      return yield* run(WORDINGS.set, site, message, language, subject, mail, sms)
    }
    case 'remove-wording':
      return yield* run(WORDINGS.remove, site, message, language)
    default:
      return change satisfies never
  }
}

/** What is asked about a site's own words. */
export function wordingReads(database: Database): WordingStore {
  return {
    wordings: (site) =>
      readAt(database, site, function* () {
        return (yield* all(WORDINGS.ofSite, site)).flatMap(wordingOf)
      }),
  }
}

/** What a newer version worded, and this one has no message or language for, is none to this one. */
function wordingOf(row: Row): readonly SiteWording[] {
  const [message, language] = [text(row, 'message'), text(row, 'language')]
  if (!isWordedMessage(message) || !isLanguage(language)) return []
  const [subject, mail, sms] = [textOrNull(row, 'subject'), textOrNull(row, 'mail_text'), textOrNull(row, 'sms')]
  return [{ site: id(row, 'site_id', 'site'), message, language, subject, text: mail, sms }]
}
