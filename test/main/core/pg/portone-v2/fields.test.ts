import { describe, expect, it } from 'vitest'
import { won } from '../../../../../src/domain/money'
import { encodeCancel } from '../../../../../src/main/core/pg/portone-v2/encode'
import * as fields from '../../../../../src/main/core/pg/portone-v2/fields'
import type { WireField } from '../../../../../src/main/core/pg/portone-v2/fields'
import { ACCOUNT } from '../support'
import { bodySchema, faults, hasOfficial, operation, resolved, schemaOf, type Schema } from './openapi'
import { anIntent, STORE, wireCancellation, wireEvent, wirePayment } from './support'

type Table = Readonly<Record<string, WireField>>

const FULL = anIntent({ account: ACCOUNT, method: 'virtual-account', vat: won(1), taxFree: won(0) })
const fullBody = () => JSON.parse(encodeCancel(STORE, FULL).body) as Record<string, object>

describe('the fields on the wire', () => {
  it('of a cancel are all in our tables, and nothing else is sent', () => {
    expect(Object.keys(fullBody())).toEqual(Object.keys(fields.CANCEL_REQUEST))
    expect(Object.keys(fullBody()['refundAccount'] ?? {})).toEqual(Object.keys(fields.REFUND_ACCOUNT))
  })

  it.each(['number', 'holderName', 'holderPhoneNumber', 'customer', 'orderName', 'name'])('never show %s', (name) => {
    expect(fields.TRANSCRIPT_FIELDS.has(name)).toBe(false)
  })
})

describe.skipIf(!hasOfficial)('the official PortOne V2 schema', () => {
  it('has a validator that finds faults', () => {
    const of = (changes: object) =>
      faults(bodySchema('post', '/payments/{paymentId}/cancel'), { reason: 'r', ...changes })
    expect(of({})).toEqual([])
    expect(of({ amount: '1' })).toHaveLength(1)
    expect(of({ amount: 1.5 })).toHaveLength(1)
    expect(of({ reason: undefined })).not.toHaveLength(0)
    expect(of({ brandNew: 1 })).toHaveLength(1)
    expect(of({ requester: 'NOBODY' })).toHaveLength(1)
    expect(of({ refundAccount: { bank: 'SHINHAN', number: '1' } })).toHaveLength(1)
    expect(faults(schemaOf('Payment'), wirePayment({ status: 'NEW' }))).toHaveLength(1)
    expect(faults(schemaOf('Payment'), wirePayment({ paidAt: 'soon' }))).toHaveLength(1)
  })

  it.each<[string, ReturnType<typeof anIntent>, string]>([
    ['with everything', FULL, STORE],
    ['of a card', anIntent(), ''],
  ])('takes the body of a cancel %s', (_what, intent, storeId) => {
    const body: unknown = JSON.parse(encodeCancel(storeId, intent).body)
    expect(faults(bodySchema('post', '/payments/{paymentId}/cancel'), body)).toEqual([])
  })

  it.each<[string, unknown]>([
    ['PaymentCancellation', wireCancellation()],
    ['PaymentCancellation', wireCancellation({ status: 'REQUESTED', cancelledAt: undefined })],
    ['Payment', wirePayment()],
    ['PaymentEvent', wireEvent()],
  ])('takes what our tests answer as a %s', (name, value) => {
    expect(faults(schemaOf(name), JSON.parse(JSON.stringify(value)))).toEqual([])
  })

  it('knows the store of a look-up', () => {
    const { parameters = [] } = operation('get', '/payments/{paymentId}')
    for (const name of Object.keys(fields.LOOKUP_QUERY)) {
      expect(parameters.find((each) => each.name === name)).toMatchObject({ in: 'query', schema: { type: 'string' } })
    }
  })

  const body = (path: string) => () => bodySchema('get', path)
  const named = (name: string) => () => schemaOf(name)
  it.each<[string, () => Schema, Table]>([
    ['GetPaymentsBody', body('/payments'), fields.LIST_BODY],
    ['PageInput', named('PageInput'), fields.LIST_PAGE],
    ['PaymentFilterInput', named('PaymentFilterInput'), fields.LIST_FILTER],
    ['GetAllPaymentEventsByCursorBody', body('/payment-events-by-cursor'), fields.EVENTS_BODY],
    ['CancelPaymentBody', named('CancelPaymentBody'), fields.CANCEL_REQUEST],
    ['CancelPaymentBodyRefundAccount', named('CancelPaymentBodyRefundAccount'), fields.REFUND_ACCOUNT],
    ['CancelPaymentResponse', named('CancelPaymentResponse'), fields.CANCEL_ANSWER],
    ['SucceededPaymentCancellation', named('SucceededPaymentCancellation'), fields.CANCELLATION],
    ['RequestedPaymentCancellation', named('RequestedPaymentCancellation'), fields.CANCELLATION],
    ['FailedPaymentCancellation', named('FailedPaymentCancellation'), fields.CANCELLATION],
    ['PgProviderError', named('PgProviderError'), { ...fields.ERROR, ...fields.PG_ERROR }],
    ['InvalidRequestError', named('InvalidRequestError'), fields.ERROR],
    ['GetPaymentsResponse', named('GetPaymentsResponse'), fields.LIST_ANSWER],
    ['PageInfo', named('PageInfo'), fields.PAGE_INFO],
    ['GetAllPaymentEventsByCursorResponse', named('GetAllPaymentEventsByCursorResponse'), fields.EVENTS_ANSWER],
    ['PaymentEventWithCursor', named('PaymentEventWithCursor'), fields.EVENT_ITEM],
    ['PaidPaymentEvent', named('PaidPaymentEvent'), fields.EVENT],
    ['CancelledPaymentEvent', named('CancelledPaymentEvent'), fields.EVENT],
    ['PartialCancelledPaymentEvent', named('PartialCancelledPaymentEvent'), fields.EVENT],
    ['PartialCancelledPayment', named('PartialCancelledPayment'), fields.PAYMENT],
    ['CancelledPayment', named('CancelledPayment'), fields.PAYMENT],
    ['PaidPayment', named('PaidPayment'), fields.PAYMENT],
    ['PaymentAmount', named('PaymentAmount'), fields.AMOUNT],
    ['SelectedChannel', named('SelectedChannel'), fields.CHANNEL],
    ['PaymentMethodCard', named('PaymentMethodCard'), fields.METHOD],
    ['Customer', named('Customer'), fields.CUSTOMER],
  ])('has every field of %s that we send or read, with its type', (_name, schema, table) => {
    const { properties = {} } = resolved(schema())
    for (const [name, { type }] of Object.entries(table)) {
      const part = properties[name]
      expect(part, name).toBeDefined()
      // A choice of objects names no type.
      expect(resolved(part ?? {}).type ?? 'object', name).toBe(type)
    }
  })
})
