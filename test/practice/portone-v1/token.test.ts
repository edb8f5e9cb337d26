import { describe, expect, it } from 'vitest'
import { createTokenDesk, PRACTICE_KEY, PRACTICE_SECRET } from '../../../src/practice/portone-v1/token'
import { fakeClock, NOON_MS, startPg } from '../support'

const KEYS = { imp_key: PRACTICE_KEY, imp_secret: PRACTICE_SECRET }
const MINUTE_MS = 60_000

function desk() {
  const clock = fakeClock()
  const tokens = createTokenDesk(clock)
  const issue = () => tokens.issue(KEYS).response as { access_token: string; now: number; expired_at: number }
  return { clock, tokens, issue }
}

describe('the token desk', () => {
  it('gives a token that lives thirty minutes, in seconds of its own clock', () => {
    const { issue } = desk()
    const token = issue()
    expect(token.now).toBe(NOON_MS / 1000)
    expect(token.expired_at - token.now).toBe(1800)
  })

  it('repeats text and expiry when asked again before the last minute', () => {
    const { clock, issue } = desk()
    const first = issue()
    clock.advance(29 * MINUTE_MS)
    expect(issue()).toEqual({ ...first, now: first.now + 29 * 60 })
  })

  it('moves the expiry five minutes forward in the last minute and keeps the text', () => {
    const { clock, issue } = desk()
    const first = issue()
    clock.advance(29 * MINUTE_MS + 1000)
    const again = issue()
    expect(again.access_token).toBe(first.access_token)
    expect(again.expired_at).toBe(first.expired_at + 300)
  })

  it('gives a new text after expiry and no longer takes the old one', () => {
    const { clock, tokens, issue } = desk()
    const first = issue()
    clock.advance(30 * MINUTE_MS - 1000)
    expect(tokens.accepts(first.access_token)).toBe(true)
    clock.advance(1000)
    expect(tokens.accepts(first.access_token)).toBe(false)
    expect(issue().access_token).not.toBe(first.access_token)
  })

  it('takes the bearer form and the bare form, and nothing else', () => {
    const { tokens, issue } = desk()
    expect(tokens.accepts('Bearer undefined')).toBe(false)
    const { access_token: text } = issue()
    expect(tokens.accepts(`Bearer ${text}`)).toBe(true)
    expect(tokens.accepts(text)).toBe(true)
    expect(tokens.accepts(`Basic ${text}`)).toBe(false)
    expect(tokens.accepts(`${text}x`)).toBe(false)
    expect(tokens.accepts(undefined)).toBe(false)
  })

  it('refuses a wrong key with 401 and a missing one with 400', () => {
    const { tokens } = desk()
    expect(tokens.issue({ ...KEYS, imp_secret: 'wrong' })).toEqual({
      status: 401,
      code: -1,
      message: '인증에 실패하였습니다. API키와 secret을 확인하세요.',
      response: null,
    })
    expect(tokens.issue({ imp_key: PRACTICE_KEY }).status).toBe(400)
  })
})

describe('POST /users/getToken', () => {
  it('takes a form body as well as JSON', async () => {
    const { pg } = await startPg()
    const answer = await fetch(`${pg.origin}/users/getToken`, { method: 'POST', body: new URLSearchParams(KEYS) })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      code: 0,
      response: { access_token: expect.stringMatching(/^[0-9a-f]{40}$/) },
    })
  })

  it('shows the skew of its clock in now and in the Date header', async () => {
    const { pg } = await startPg({ scenario: { clockSkewMs: -600_000 } })
    const answer = await fetch(`${pg.origin}/users/getToken`, { method: 'POST', body: new URLSearchParams(KEYS) })
    expect(await answer.json()).toMatchObject({ response: { now: NOON_MS / 1000 - 600 } })
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(NOON_MS - 600_000)
  })

  it('answers 401 with an envelope to a call without a token', async () => {
    const { get } = await startPg()
    expect(await get('/payments/imp_000000000001', { authorization: '' })).toEqual({
      status: 401,
      body: { code: -1, message: 'Unauthorized', response: null },
    })
  })
})
