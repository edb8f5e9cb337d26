import { randomBytes } from 'node:crypto'
import { seconds, type PracticeClock } from '../clock'
import { done, failed, type Answer } from './envelope'

/** The only key pair of the practice PG: no secret, and never valid anywhere else. */
export const PRACTICE_KEY = 'practice-key'
export const PRACTICE_SECRET = 'practice-secret'

const LIFE_SECONDS = 30 * 60
const LAST_MINUTE_SECONDS = 60
const EXTENSION_SECONDS = 5 * 60

export interface TokenDesk {
  /** POST /users/getToken. */
  issue(fields: Readonly<Record<string, unknown>>): Answer
  /** Takes `Bearer <token>` and the bare token, as both forms are in use. */
  accepts(authorization: string | undefined): boolean
}

/**
 * PortOne V1 gives one token per key: asked again it repeats the same text, in the last minute it moves the expiry five
 * minutes forward, and only after expiry there is a new text. Tokens live in memory: a restart voids them, as it may.
 */
export function createTokenDesk(clock: PracticeClock): TokenDesk {
  let token: { readonly text: string; expiresAt: number } | undefined

  return {
    issue(fields) {
      const { imp_key: key, imp_secret: secret } = fields
      if (isEmpty(key) || isEmpty(secret)) return failed(400, 'imp_key, imp_secret 파라메터가 누락되었습니다.')
      if (key !== PRACTICE_KEY || secret !== PRACTICE_SECRET) {
        return failed(401, '인증에 실패하였습니다. API키와 secret을 확인하세요.')
      }
      const now = seconds(clock.nowMs())
      if (token === undefined || token.expiresAt <= now)
        token = { text: randomBytes(20).toString('hex'), expiresAt: now + LIFE_SECONDS }
      else if (token.expiresAt - now < LAST_MINUTE_SECONDS) token.expiresAt += EXTENSION_SECONDS
      return done({ access_token: token.text, now, expired_at: token.expiresAt })
    },
    accepts(authorization) {
      const text = authorization?.replace(/^Bearer\s+/i, '')
      return token !== undefined && text === token.text && seconds(clock.nowMs()) < token.expiresAt
    },
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
