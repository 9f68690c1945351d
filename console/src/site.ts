const root = document.getElementById('root')

/** Which site this page was made for, and where its doors are. */
export const SITE = {
  name: root?.dataset['site'] ?? '',
  title: root?.dataset['title'] ?? '',
}
/** The path that everything of the site is below; empty where it has a host for itself. */
const PATH = root?.dataset['path'] ?? ''
export const BASE = `${PATH}/console`
export const API = `${PATH}/api/v1`

/** What styles that components write must carry; see the policy of the shell page. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
