/** One thing that was looked at. What is wrong or may become so says what to do. */
export type Finding =
  | { readonly about: string; readonly state: 'ok'; readonly says: string }
  | { readonly about: string; readonly state: 'warning' | 'wrong'; readonly says: string; readonly todo: string }

export const fine = (about: string, says: string): Finding => ({ about, state: 'ok', says })
export const wrong = (about: string, says: string, todo: string): Finding => ({ about, state: 'wrong', says, todo })
export const warning = (about: string, says: string, todo: string): Finding => ({ about, state: 'warning', says, todo })
