import { describe, expect, it } from 'vitest'
import { KNOWN_REFUSALS, knownRefusal } from '../../../../../src/main/core/pg/portone-v2/refusals'
import { hasOfficial, operation, resolved } from './openapi'

describe('a refusal', () => {
  it.each([
    [400, 'INVALID_REQUEST', 'field-error'],
    [400, 'NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT', 'field-error'],
    [400, 'PROMOTION_DISCOUNT_RETAIN_OPTION_SHOULD_NOT_BE_CHANGED', 'field-error'],
    [404, 'PAYMENT_NOT_FOUND', 'no-such-payment'],
    [409, 'PAYMENT_NOT_PAID', 'field-error'],
    [409, 'PAYMENT_ALREADY_CANCELLED', 'already-cancelled'],
    [409, 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN', 'balance-differs'],
    [409, 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT', 'field-error'],
    [409, 'CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT', 'field-error'],
    [409, 'CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT', 'field-error'],
    [409, 'SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT', 'field-error'],
    [409, 'MAX_CANCEL_COUNT_REACHED', 'field-error'],
  ])('with %i %s is known to be clean', (status, type, why) => {
    expect(knownRefusal(status, type)).toBe(why)
  })

  it.each([
    [401, 'UNAUTHORIZED'],
    [403, 'FORBIDDEN'],
    [409, 'IDEMPOTENCY_OUTSTANDING_REQUEST'],
    [502, 'PG_PROVIDER'],
    [409, 'BRAND_NEW'],
    [409, ''],
    [409, 'PAYMENT_NOT_FOUND'],
    [502, 'PAYMENT_ALREADY_CANCELLED'],
    [500, 'INVALID_REQUEST'],
    [200, 'PAYMENT_ALREADY_CANCELLED'],
  ])('with %i %s proves nothing', (status, type) => {
    expect(knownRefusal(status, type)).toBeNull()
  })

  it.skipIf(!hasOfficial)('is one that the official schema has for a cancel', () => {
    const { responses } = operation('post', '/payments/{paymentId}/cancel')
    for (const { httpStatus, type } of KNOWN_REFUSALS) {
      const schema = responses[String(httpStatus)]?.content?.['application/json']?.schema ?? {}
      expect(Object.keys(resolved(schema).discriminator?.mapping ?? {}), type).toContain(type)
    }
  })
})
