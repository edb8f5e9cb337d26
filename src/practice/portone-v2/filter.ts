import type { Fields } from '../wire'
import { statusOf } from './amounts'
import type { V2Account } from './books-part'
import type { V2Method } from './payment'
import { MERCHANT_ID } from './payment-view'
import { instantField, WINDOW_MS_DEFAULT } from './time-fields'

export interface Filter {
  readonly storeId: string | null
  readonly timestampType: string
  readonly fromMs: number
  readonly untilMs: number
  readonly sortBy: string
  readonly sortOrder: string
  readonly fits: (account: V2Account) => boolean
}

type Test = (account: V2Account) => boolean
/** Nothing where the value does not have the field's type. */
type TestMaker = (value: unknown) => Test | undefined

const METHOD_TYPES: Readonly<Record<V2Method['type'], string>> = {
  PaymentMethodCard: 'CARD',
  PaymentMethodVirtualAccount: 'VIRTUAL_ACCOUNT',
  PaymentMethodTransfer: 'TRANSFER',
  PaymentMethodMobile: 'MOBILE',
  PaymentMethodEasyPay: 'EASY_PAY',
}

const TEXTS: Readonly<Record<string, (account: V2Account) => readonly string[]>> = {
  PAYMENT_ID: ({ payment }) => [payment.paymentId],
  TX_ID: ({ payment }) => [payment.transactionId],
  ORDER_NAME: ({ payment }) => [payment.orderName],
  CUSTOMER_NAME: ({ payment }) => [payment.customer.name],
  PG_TX_ID: ({ payment }) => [payment.pgTxId],
  PG_CANCELLATION_ID: ({ cancels }) => cancels.map(({ pgCancellationId }) => pgCancellationId),
  CANCEL_REASON: ({ cancels }) => cancels.map(({ reason }) => reason),
}

const anyOf =
  (read: (account: V2Account) => string): TestMaker =>
  (value) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string')
      ? (account) => value.length === 0 || value.includes(read(account))
      : undefined
const word =
  (read: (account: V2Account) => string): TestMaker =>
  (value) =>
    typeof value === 'string' ? (account) => read(account) === value : undefined
const flag =
  (read: (account: V2Account) => boolean): TestMaker =>
  (value) =>
    typeof value === 'boolean' ? (account) => read(account) === value : undefined

/** Everything must be found; how PortOne compares is not documented, a part of the text is enough here. */
const textSearch: TestMaker = (value) => {
  if (!Array.isArray(value)) return undefined
  const tests: Test[] = []
  for (const each of value as readonly unknown[]) {
    const { field, value: wanted } = (typeof each === 'object' && each !== null ? each : {}) as Fields
    const read = typeof field === 'string' ? TEXTS[field] : undefined
    if (read === undefined || typeof wanted !== 'string') return undefined
    tests.push((account) => read(account).some((text) => text.includes(wanted)))
  }
  return (account) => tests.every((test) => test(account))
}

const TESTS: Readonly<Record<string, TestMaker>> = {
  merchantId: word(() => MERCHANT_ID),
  status: anyOf(statusOf),
  methods: anyOf(({ payment }) => METHOD_TYPES[payment.method.type]),
  pgProvider: anyOf(({ payment }) => payment.channel.pgProvider),
  isTest: flag(({ payment }) => payment.channel.type === 'TEST'),
  isEscrow: flag(({ payment }) => payment.escrow),
  version: word(() => 'V2'),
  currency: word(({ payment }) => payment.currency),
  textSearch,
}

const WORDS = {
  timestampType: ['STATUS_CHANGED_AT', 'CREATED_AT'],
  sortBy: ['REQUESTED_AT', 'STATUS_CHANGED_AT'],
  sortOrder: ['DESC', 'ASC'],
} as const

/** The filter, or the words of a refusal. What the practice PG cannot filter by it refuses: a wrong list would be believed. */
export function readFilter(value: unknown, nowMs: number): Filter | string {
  const filter = (value ?? {}) as Fields
  if (typeof filter !== 'object' || Array.isArray(filter)) return 'filter 값이 올바르지 않습니다.'
  const untilMs = instantField(filter['until'], nowMs)
  const fromMs = instantField(filter['from'], untilMs - WINDOW_MS_DEFAULT)
  if (!(fromMs <= untilMs)) return '조회 기간이 올바르지 않습니다.'
  const { storeId = null } = filter
  if (storeId !== null && typeof storeId !== 'string') return 'filter.storeId 값이 올바르지 않습니다.'

  const chosen: Record<keyof typeof WORDS, string> = {
    timestampType: WORDS.timestampType[0],
    sortBy: WORDS.sortBy[0],
    sortOrder: WORDS.sortOrder[0],
  }
  const tests: Test[] = []
  for (const [name, content] of Object.entries(filter)) {
    if (content === null || content === undefined || ['from', 'until', 'storeId'].includes(name)) continue
    if (name in WORDS) {
      const field = name as keyof typeof WORDS
      const chosenWord = WORDS[field].find((each) => each === content)
      if (chosenWord === undefined) return `filter.${name} 값이 올바르지 않습니다.`
      chosen[field] = chosenWord
      continue
    }
    const test = TESTS[name]?.(content)
    if (test === undefined) return `filter.${name} 은(는) 연습 PG가 처리하지 못하는 값입니다.`
    tests.push(test)
  }
  return { storeId, fromMs, untilMs, ...chosen, fits: (account) => tests.every((test) => test(account)) }
}
