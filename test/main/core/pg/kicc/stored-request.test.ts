import { describe, expect, it } from 'vitest'
import { refundAmount } from '../../../../../src/domain/money'
import type { CancelIntent } from '../../../../../src/main/core/pg/gateway'
import { encodeCancel } from '../../../../../src/main/core/pg/kicc/encode'
import { ACCOUNT, aKicc, anIntent, answering, kstDay, REAL_TIME, scripted, settings } from './support'

describe('the stored request', () => {
  const unlike: readonly [string, Partial<CancelIntent>][] = [
    ['another payment', { pgKey: '26112710000000000002' }],
    ['another account issue', { pgTransactionKey: '26112710000000000777' }],
    ['another amount', { amount: refundAmount(9999) }],
    ['another attempt', { tag: 'RD00000000' }],
    ['another day', { requestedOn: kstDay('2026-11-26') }],
    ['another reason', { reason: '' }],
    ['another account', { account: { ...ACCOUNT, accountNo: '1' } }],
    ['another holder', { account: { ...ACCOUNT, holder: '김가온' } }],
    ['no account', { account: null }],
    ['all of the payment', { paid: refundAmount(10_000), checksum: refundAmount(10_000) }],
  ]
  it.each(unlike)('is not sent for %s', async (_what, changes) => {
    const { origin, seen } = await scripted(() => answering())
    const gateway = aKicc(origin)
    const encoded = gateway.encodeCancel(anIntent())
    await expect(gateway.sendCancel(encoded, anIntent(changes))).rejects.toThrow('not the one of this refund')
    expect(seen).toHaveLength(0)
  })

  it.each<[string, (body: string) => string]>([
    ['another type', (body) => body.replace('"reviseTypeCode":"62"', '"reviseTypeCode":"32"')],
    ['the type of a full refund', (body) => body.replace('"reviseTypeCode":"62"', '"reviseTypeCode":"60"')],
    ['another key', (body) => body.replace('-20261127', '-20261128')],
    ['another day', (body) => body.replace('"cancelReqDate":"20261127"', '"cancelReqDate":"20261128"')],
    ['another sub-type', (body) => body.replace('"RF01"', '"ES02"')],
    ['no amount', (body) => body.replace('"amount":10000,', '')],
    ['an amount in text', (body) => body.replace('"amount":10000', '"amount":"10000"')],
    ['a field twice', (body) => body.replace('"amount":10000', '"amount":1,"amount":10000')],
    ['a proof', (body) => body.replace('{', '{"msgAuthValue":"x",')],
    ['a flag', (body) => body.replace('{', '{"refundQueryFlag":"Y",')],
    ['a blank behind it', (body) => `${body} `],
    ['half of it', (body) => body.slice(0, 40)],
  ])('is not sent with %s', async (_what, change) => {
    const { origin, seen } = await scripted(() => answering())
    const gateway = aKicc(origin)
    const { body } = gateway.encodeCancel(anIntent())
    expect(change(body)).not.toBe(body)
    await expect(gateway.sendCancel({ body: change(body) }, anIntent())).rejects.toThrow()
    expect(seen).toHaveLength(0)
  })

  it('stands whatever the channel was set to meanwhile', async () => {
    const { origin, seen } = await scripted(() => answering())
    const encoded = encodeCancel(anIntent(), settings(), null)
    const changed = aKicc(origin, { ...REAL_TIME, remainingAmount: 'omit', complexTax: true })
    expect(await changed.sendCancel(encoded, anIntent())).toMatchObject({ kind: 'accepted' })
    expect(seen[0]?.body).toMatchObject({ reviseTypeCode: '62', remainAmount: 30_000 })
  })
})
