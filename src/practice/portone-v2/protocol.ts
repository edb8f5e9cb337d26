import { timingSafeEqual } from 'node:crypto'
import type { PracticeProtocol, PracticeRequest, PracticeTarget, ProtocolDesk, WireAnswer } from '../protocol'
import type { FaultRule } from '../scenario'
import type { Fields } from '../wire'
import { done, failed, providerError, type V2Answer } from './answer'
import { cancelPayment } from './cancel'
import { noteOf } from './cancel-fields'
import { createRunningKeys, markOf, outstanding, parseKey, type RequestKey } from './idempotency'
import { forbidden, listByCursor, listPayments } from './list'
import { eventsOf, paymentView, STORE_ID } from './payment-view'
import { createV2Reader } from './reader'

/** The only API secret of the practice PG: no secret, and never valid anywhere else. */
export const V2_SECRET = 'practice-v2-secret'

/**
 * PortOne V2. On the real hosts V1 and V2 never meet; here they share one socket and both have `/payments`. The
 * authorization scheme tells them apart: `PortOne …` is V2, everything else is V1. Paths that V1 does not have are
 * V2's with any scheme, so that a wrong scheme gets V2's own 401.
 */
export function createPortOneV2({ books, nowMs, scenario }: ProtocolDesk): PracticeProtocol {
  const reader = createV2Reader(books, nowMs, scenario)
  const running = createRunningKeys()

  function get(path: string, request: PracticeRequest): V2Answer {
    const paymentId = paymentIdOf(path)
    if (paymentId !== undefined) {
      const storeId = request.url.searchParams.get('storeId')
      if (storeId !== null && storeId !== STORE_ID) return forbidden()
      const account = reader.one(paymentId)
      return account === undefined
        ? failed('PAYMENT_NOT_FOUND', '결제 건이 존재하지 않습니다.')
        : done(paymentView(account))
    }
    const list = LISTS[path]
    if (list === undefined) return failed('NOT_FOUND', '존재하지 않는 경로입니다.')
    const fields = listFields(request)
    return fields === undefined ? failed('INVALID_REQUEST', 'requestBody 를 읽을 수 없습니다.') : list(fields)
  }

  const LISTS: Readonly<Record<string, (fields: Fields) => V2Answer>> = {
    '/payments': (fields) => listPayments(reader, fields, nowMs()),
    '/payments-by-cursor': (fields) => {
      const items = reader.all().map((account) => ({
        id: account.payment.paymentId,
        atMs: account.payment.requestedAtMs,
        show: (cursor: string) => ({ payment: paymentView(account), cursor }),
      }))
      return listByCursor(items, fields, nowMs())
    },
    '/payment-events-by-cursor': (fields) => {
      const events = reader.all().flatMap(eventsOf)
      const items = events.map(({ id, atMs, view }) => ({
        id,
        atMs,
        show: (cursor: string) => ({ paymentEvent: view, cursor }),
      }))
      return listByCursor(items, fields, nowMs())
    },
  }

  function route(request: PracticeRequest, fault: FaultRule | undefined): V2Answer {
    const { method, url, headers, fields } = request
    if (!isAuthorized(headers.authorization)) return unauthorized()
    if (method === 'GET') return get(url.pathname, request)
    const paymentId = cancelledIdOf(request)
    if (paymentId === undefined) return failed('NOT_FOUND', '존재하지 않는 경로입니다.')
    const key = keyOf(request)
    if (key === 'unreadable') return failed('INVALID_REQUEST', 'Idempotency-Key 형식이 올바르지 않습니다.')
    return cancelPayment(books, { paymentId, fields, key, nowMs: nowMs(), fault })
  }

  return {
    owns,
    subjects: (request) => {
      const paymentId = cancelledIdOf(request) ?? paymentIdOf(request.url.pathname)
      return paymentId === undefined ? [] : [paymentId]
    },
    begin(request) {
      if (!isAuthorized(request.headers.authorization) || cancelledIdOf(request) === undefined) return undefined
      const key = keyOf(request)
      if (key === null || key === 'unreadable') return undefined
      return running.begin(key.key) ?? wire(outstanding())
    },
    answer: (request, fault) => wire(route(request, fault)),
    note(request) {
      const paymentId = cancelledIdOf(request)
      if (paymentId === undefined) return {}
      const key = keyOf(request)
      const idempotencyKey = key === null || key === 'unreadable' ? null : key.key
      return { v2Cancel: { paymentId, idempotencyKey, ...noteOf(request.fields) } }
    },
    failures: {
      unreadable: (status) => ({ ...wire(failed('INVALID_REQUEST', '요청 본문을 읽을 수 없습니다.')), status }),
      unauthorized: () => wire(unauthorized()),
      refusal: (code = 0, message = '취소 요청이 거절되었습니다') => wire(providerError(String(code), message)),
      ofAnother: (answer) => ({ ...answer, body: withWrongId(answer.body) }),
      emptied: (answer) => ({ ...answer, body: null }),
    },
  }
}

function owns({ method, url, headers }: PracticeTarget): boolean {
  const { pathname } = url
  const onlyV2 =
    pathname === '/payments-by-cursor' ||
    pathname === '/payment-events-by-cursor' ||
    (method === 'POST' && CANCEL_PATH.test(pathname))
  return onlyV2 || /^PortOne /i.test(headers.authorization ?? '')
}

const CANCEL_PATH = /^\/payments\/([^/]+)\/cancel$/
const PAYMENT_PATH = /^\/payments\/([^/]+)$/

/** A broken escape stays as it stands: no payment has such an id, so it gets its 404. */
function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part)
  } catch {
    // Only a URIError comes from here, and the text is the client's.
    return part
  }
}

const paymentIdOf = (path: string): string | undefined => decoded(PAYMENT_PATH.exec(path)?.[1])
const cancelledIdOf = ({ method, url }: PracticeTarget): string | undefined =>
  method === 'POST' ? decoded(CANCEL_PATH.exec(url.pathname)?.[1]) : undefined

function isAuthorized(authorization: string | undefined): boolean {
  const given = Buffer.from(/^PortOne (.+)$/i.exec(authorization ?? '')?.[1] ?? '')
  const secret = Buffer.from(V2_SECRET)
  return given.length === secret.length && timingSafeEqual(given, secret)
}

const unauthorized = (): V2Answer => failed('UNAUTHORIZED', '인증 정보가 올바르지 않습니다.')

function keyOf({ method, url, headers, fields }: PracticeRequest): RequestKey | 'unreadable' | null {
  const header = headers['idempotency-key']
  if (header === undefined) return null
  const key = typeof header === 'string' ? parseKey(header) : undefined
  return key === undefined ? 'unreadable' : { key, mark: markOf(method, url.pathname, fields) }
}

/** The filter of a list: in the query `requestBody`, or as the body of the GET. */
function listFields({ url, fields }: PracticeRequest): Fields | undefined {
  const text = url.searchParams.get('requestBody')
  if (text === null) return fields
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    // Answered with a 400: what is wrong with the text is the client's affair.
    return undefined
  }
}

function wire({ status, content }: V2Answer): WireAnswer {
  const type = status === 200 ? null : (content as { readonly type: string }).type
  return { status, code: type, body: content }
}

/** The answer to a cancel carries no payment id; its cancellation becomes another one. */
function withWrongId(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  if ('cancellation' in body && typeof body.cancellation === 'object')
    return { ...body, cancellation: { ...body.cancellation, id: 'cancellation-000000000000' } }
  return 'id' in body ? { ...body, id: 'payment-000000000000' } : body
}
