/** The SMS that a site has sent, as far as they bear on the next one to a number. All 0 where the site has no SMS channel. */
export interface SmsSends {
  /** To this number in the last hour, whichever users of the site have it. */
  readonly toNumber: number
  /** Numbers of its block that were sent a code in the last ten minutes: those where one was typed back since, and the others. */
  readonly block: { readonly answered: number; readonly unanswered: number }
  /** Of the site in this month (UTC); 0, uncounted, when the site has no budget. */
  readonly thisMonth: number
  /** Whether the warning about this month's budget is in the audit log. */
  readonly warned: boolean
}

export const NO_SMS_SENDS: SmsSends = {
  toNumber: 0,
  block: { answered: 0, unanswered: 0 },
  thisMonth: 0,
  warned: false,
}
