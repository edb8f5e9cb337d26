import { describe, expect, it } from 'vitest'
import type { PracticePayment } from '../../../src/practice/portone-v1/payment'
import { aCancel, aPayment, DAY_MS, KCP_ACCOUNT, NOON_MS, startPg } from '../support'

/** The code of one cancel of one payment. */
async function codeOf(
  payment: Partial<PracticePayment>,
  fields: Record<string, unknown> = {},
  atMs = NOON_MS,
): Promise<number> {
  const { cancel } = await startPg({ payments: [aPayment(payment)], atMs })
  return (await cancel(aCancel(fields))).body.code
}

describe('virtual accounts', () => {
  const vbank = { payMethod: 'vbank' } as const

  it('need holder, bank and account together', async () => {
    expect(await codeOf(vbank, KCP_ACCOUNT)).toBe(0)
    for (const field of Object.keys(KCP_ACCOUNT))
      expect(await codeOf(vbank, { ...KCP_ACCOUNT, [field]: '' }), field).toBe(1)
  })

  it.each([
    ['kcp', 'BK88', '88'],
    ['html5_inicis', '88', '088'],
    ['nice_v2', '088', '090'],
    ['tosspayments', '088', '88'],
    ['kicc', '088', 'BK88'],
    ['daou', '10', '88'],
    ['ksnet', '26', '088'],
  ])('of %s take the code %s and refuse %s', async (pgProvider, good, bad) => {
    expect(await codeOf({ ...vbank, pgProvider }, { ...KCP_ACCOUNT, refund_bank: good })).toBe(0)
    expect(await codeOf({ ...vbank, pgProvider }, { ...KCP_ACCOUNT, refund_bank: bad })).toBe(-1)
  })

  it('refuse an account that is not made of digits', async () => {
    expect(await codeOf(vbank, { ...KCP_ACCOUNT, refund_account: '999-012-345' })).toBe(-1)
    expect(await codeOf(vbank, { ...KCP_ACCOUNT, refund_account: ' 999012345' })).toBe(-1)
  })

  it('of smartro and smartro_v2 need a phone', async () => {
    for (const pgProvider of ['smartro', 'smartro_v2']) {
      const fields = { ...KCP_ACCOUNT, refund_bank: '088' }
      expect(await codeOf({ ...vbank, pgProvider }, fields), pgProvider).toBe(1)
      expect(await codeOf({ ...vbank, pgProvider }, { ...fields, refund_tel: '010-0000-0001' }), pgProvider).toBe(0)
    }
  })

  it.each([
    ['22:59:59', 0],
    ['23:00:00', -1],
    ['05:59:59', -1],
    ['06:00:00', 0],
  ])('of ksnet at %s in Seoul answer %i', async (time, code) => {
    const atMs = Date.parse(`2026-11-21T${time}+09:00`)
    const payment = { ...vbank, pgProvider: 'ksnet', startedAtMs: atMs - DAY_MS, paidAtMs: atMs - DAY_MS }
    expect(await codeOf(payment, { ...KCP_ACCOUNT, refund_bank: '26' }, atMs)).toBe(code)
  })
})

describe('bank transfers', () => {
  it('need account and phone at smartro_v2 only', async () => {
    expect(await codeOf({ payMethod: 'trans' })).toBe(0)
    expect(await codeOf({ payMethod: 'trans', pgProvider: 'smartro_v2' })).toBe(1)
    const fields = { ...KCP_ACCOUNT, refund_bank: '088', refund_tel: '01000000001' }
    expect(await codeOf({ payMethod: 'trans', pgProvider: 'smartro_v2' }, fields)).toBe(0)
  })
})

describe('mobile payments', () => {
  const full = { amount: 30_000 }

  it('are refunded in full in the month of the payment, to its last second in Seoul', async () => {
    const payment = {
      payMethod: 'phone',
      startedAtMs: NOON_MS,
      paidAtMs: Date.parse('2026-11-01T00:00:00+09:00'),
    } as const
    expect(await codeOf(payment, full, Date.parse('2026-11-30T23:59:59+09:00'))).toBe(0)
    expect(await codeOf(payment, full, Date.parse('2026-12-01T00:00:00+09:00'))).toBe(-1)
  })

  it('are not refunded in part', async () => {
    expect(await codeOf({ payMethod: 'phone' }, { amount: 29_999 })).toBe(-1)
  })
})

describe('lengths', () => {
  it.each([
    ['refund_holder', 16],
    ['refund_account', 16],
    ['refund_tel', 16],
    ['reason', 256],
  ])('%s is at most %i characters', async (field, length) => {
    const vbank = { payMethod: 'vbank' } as const
    expect(await codeOf(vbank, { ...KCP_ACCOUNT, [field]: '9'.repeat(length) })).toBe(0)
    expect(await codeOf(vbank, { ...KCP_ACCOUNT, [field]: '9'.repeat(length + 1) })).toBe(1)
  })

  it('refund_bank is at most 4 characters', async () => {
    expect(await codeOf({ payMethod: 'vbank', pgProvider: 'galaxia' }, { ...KCP_ACCOUNT, refund_bank: '12345' })).toBe(
      1,
    )
  })
})

describe('tax parts', () => {
  const mixed = { taxFree: 12_000 }

  it.each(['kcp', 'kicc', 'nice', 'payco'])(
    'must be said at %s for a payment with a tax-free part',
    async (pgProvider) => {
      expect(await codeOf({ ...mixed, pgProvider })).toBe(-1)
      expect(await codeOf({ ...mixed, pgProvider }, { tax_free: 4000 })).toBe(0)
      expect(await codeOf({ pgProvider })).toBe(0)
    },
  )

  it('are taken as 0 elsewhere, and wanted on partial cancels at smartro_v2', async () => {
    expect(await codeOf({ ...mixed, pgProvider: 'tosspayments' })).toBe(0)
    expect(await codeOf({ ...mixed, pgProvider: 'smartro_v2' })).toBe(-1)
    expect(await codeOf({ ...mixed, pgProvider: 'smartro_v2' }, { amount: 30_000 })).toBe(0)
  })

  it('must fit what is left of each', async () => {
    expect(await codeOf(mixed, { amount: 18_000, tax_free: 0 })).toBe(0)
    expect(await codeOf(mixed, { amount: 18_001, tax_free: 0 })).toBe(-1)
    expect(await codeOf(mixed, { amount: 12_001, tax_free: 12_001 })).toBe(-1)
    expect(await codeOf(mixed, { amount: 1000, tax_free: 1001 })).toBe(-1)
  })

  it('VAT that was given at payment must be given back by name', async () => {
    const vat = { vatAmount: 2727, pgProvider: 'html5_inicis' }
    expect(await codeOf(vat)).toBe(-1)
    expect(await codeOf(vat, { vat_amount: 909 })).toBe(0)
    expect(await codeOf({ ...vat, pgProvider: 'tosspayments' })).toBe(0)
  })
})

describe('ksnet', () => {
  it('takes nine partial cancels, and after them only the whole rest', async () => {
    const { cancel } = await startPg({ payments: [aPayment({ pgProvider: 'ksnet' })] })
    for (let done = 0; done < 9; done++) {
      expect((await cancel(aCancel({ amount: 1000, checksum: 30_000 - done * 1000 }))).body.code).toBe(0)
    }
    expect((await cancel(aCancel({ amount: 1000, checksum: 21_000 }))).body.code).toBe(-1)
    expect((await cancel(aCancel({ amount: 21_000, checksum: 21_000 }))).body.code).toBe(0)
  })

  it('refuses after six months', async () => {
    const at = (days: number) => ({ pgProvider: 'ksnet', startedAtMs: 0, paidAtMs: NOON_MS - days * DAY_MS })
    expect(await codeOf(at(183))).toBe(0)
    expect(await codeOf(at(184))).toBe(-1)
  })
})
