import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import type { ChannelSecrets } from '../gateway'

/** The API secret as it goes into a header. Problems: pg-keys-missing, pg-refused-keys, those of the vault. */
export type AskSecret = () => Promise<Result<string, Problem>>

export function createAskSecret(secrets: () => Promise<Result<ChannelSecrets, Problem>>): AskSecret {
  return async () => {
    const keys = await secrets()
    if (!keys.ok) return keys
    const { apiSecret } = keys.value
    if (apiSecret === undefined || apiSecret === '') return fail(problem('pg-keys-missing'))
    // With a blank or a line break from the clipboard it is no secret of PortOne's, and no header either.
    return /^[\x21-\x7e]{1,2000}$/.test(apiSecret) ? ok(apiSecret) : fail(problem('pg-refused-keys'))
  }
}

export const authorizationOf = (secret: string): string => `PortOne ${secret}`
