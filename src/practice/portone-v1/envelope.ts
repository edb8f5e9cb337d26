/** What every PortOne V1 answer looks like: HTTP status and `code` are independent of each other. */
export interface Answer {
  readonly status: number
  readonly code: number
  readonly message: string | null
  readonly response: unknown
}

export const done = (response: unknown, status = 200): Answer => ({ status, code: 0, message: null, response })

/** The request was understood, the business operation was not carried out. */
export const refused = (message: string, code = 1): Answer => ({ status: 200, code, message, response: null })

export const failed = (status: number, message: string): Answer => ({ status, code: -1, message, response: null })
