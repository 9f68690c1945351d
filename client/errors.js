/** Something the server has said no to. Programs switch on `code`, which comes from one closed list. */
export class CountersignError extends Error {
  name = 'CountersignError'

  constructor(problem, headers) {
    super(`${problem.title}: ${problem.detail}`)
    this.code = problem.code
    this.status = problem.status
    this.title = problem.title
    this.detail = problem.detail
    /** The request id: whoever runs the server finds it in its log. */
    this.request = problem.instance
    this.retryAt = retryAt(problem, headers)
    /** Everything the answer had in it: failed_codes, contacts, channels_offered, errors … */
    this.problem = problem
  }

  /** Whether this is the error of one of these codes. */
  is(...codes) {
    return codes.includes(this.code)
  }
}

/** No answer came that could be read: the network, a proxy, a server of another kind. The call may have been carried out. */
export class CountersignUnreachable extends Error {
  name = 'CountersignUnreachable'

  constructor(message, options) {
    super(message, options)
    this.status = options?.status
  }
}

function retryAt(problem, headers) {
  if (typeof problem.retry_at === 'string') return new Date(problem.retry_at)
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? new Date(Date.now() + seconds * 1_000) : undefined
}
