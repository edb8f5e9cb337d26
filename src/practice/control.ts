import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { noticeLines, settleDue } from './kicc/notices'
import { balanceOf, wholeBalance } from './kicc/payment'
import { cancelAtConsole } from './portone-v1/cancel'
import { cancellableAmount, statusOf as v2StatusOf } from './portone-v2/amounts'
import { cancelAtConsole as cancelAtConsoleV2 } from './portone-v2/cancel'
import { shownBalance, shownCancels, statusOf, trueBalance } from './portone-v1/payment-view'
import { parseScenario } from './scenario'
import type { PracticePg } from './server'
import { CONTROL_BODY_BYTES_MAX, readBody, readFields, type Fields } from './wire'

/** Not a path of any PG: whoever sees it knows that this is the practice PG's own surface. */
export const CONTROL_PREFIX = '/__practice/'
export const CONTROL_HEADER = 'x-practice-control'

/**
 * The surface for tests and for the practice tools: steers faults, tells what the books hold. It answers plain JSON
 * without the PG's envelope, takes no PG token, and does not exist unless a key was given at start.
 */
export async function answerControl(
  pg: PracticePg,
  key: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const send = (status: number, content: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-practice-surface': 'control' })
    response.end(JSON.stringify(content))
  }
  if (key === undefined || !sameKey(key, request.headers[CONTROL_HEADER])) {
    send(404, { practice: 'no such place' })
    return
  }
  const body = await readBody(request, CONTROL_BODY_BYTES_MAX)
  const fields = body === undefined ? undefined : readFields(body, 'application/json')
  if (fields === undefined) {
    send(400, { practice: 'the body is not a JSON object' })
    return
  }
  try {
    if (request.method === 'GET' && url.pathname === `${CONTROL_PREFIX}kicc-notices`) {
      sendNotices(pg, response, url)
      return
    }
    const content = act(pg, `${request.method} ${url.pathname.slice(CONTROL_PREFIX.length)}`, fields)
    send(content === undefined ? 404 : 200, content ?? { practice: 'no such place' })
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    send(400, { practice: error.message })
  }
}

function sameKey(key: string, given: string | string[] | undefined): boolean {
  const a = Buffer.from(key)
  const b = Buffer.from(typeof given === 'string' ? given : '')
  return key !== '' && a.length === b.length && timingSafeEqual(a, b)
}

/** As the log file that a merchant's server would hand over: the bodies, one a line. */
function sendNotices(pg: PracticePg, response: ServerResponse, url: URL): void {
  const since = Number(url.searchParams.get('since') ?? '0')
  if (!Number.isSafeInteger(since)) throw new TypeError('since is a whole number')
  const notices = pg.kiccNotices(since)
  response.writeHead(200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'x-practice-surface': 'control',
    // For the next question's `since`.
    'x-practice-seq': pg.books.kicc.notices().length,
  })
  response.end(noticeLines(notices))
}

/** Nothing stands for an unknown place. Throws a TypeError or RangeError on fields that make no sense. */
function act(pg: PracticePg, verb: string, fields: Fields): unknown {
  switch (verb) {
    case 'GET books':
      return booksOf(pg)
    case 'GET requests':
      return { counts: countsOf(pg), requests: pg.requests }
    case 'GET scenario':
      return pg.scenario
    case 'POST scenario':
      pg.setScenario(parseScenario(fields))
      return pg.scenario
    case 'GET holds':
      return { held: pg.holds.held }
    case 'POST release': {
      const { id, drop } = fields
      if (id !== undefined && !Number.isSafeInteger(id)) throw new TypeError('id is a whole number')
      return { released: pg.holds.release(id === undefined ? undefined : Number(id), drop === true) }
    }
    case 'POST clock': {
      const offsetMs = fields['offsetMs']
      if (typeof offsetMs !== 'number' || !Number.isSafeInteger(offsetMs))
        throw new TypeError('offsetMs is a whole number')
      pg.clock.setOffset(offsetMs)
      settleDue(pg.books.kicc, pg.clock.nowMs())
      return { nowMs: pg.clock.nowMs(), offsetMs }
    }
    case 'POST console-cancel': {
      const { imp_uid: impUid, amount, reason = '콘솔 취소' } = fields
      if (typeof impUid !== 'string' || typeof amount !== 'number' || typeof reason !== 'string')
        throw new TypeError('imp_uid, amount and reason are needed')
      const refusal = cancelAtConsole(pg.books, impUid, amount, reason, pg.clock.nowMs())
      if (refusal !== undefined) throw new RangeError(refusal)
      return { imp_uid: impUid, amount, reason }
    }
    case 'POST console-cancel-v2': {
      const { paymentId, amount, reason = '콘솔 취소' } = fields
      if (typeof paymentId !== 'string' || typeof amount !== 'number' || typeof reason !== 'string')
        throw new TypeError('paymentId, amount and reason are needed')
      const refusal = cancelAtConsoleV2(pg.books, paymentId, amount, reason, pg.clock.nowMs())
      if (refusal !== undefined) throw new RangeError(refusal)
      return { paymentId, amount, reason }
    }
    default:
      return undefined
  }
}

/** Without buyers and without account numbers. */
function booksOf(pg: PracticePg): unknown {
  settleDue(pg.books.kicc, pg.clock.nowMs())
  const payments = Array.from(pg.books.accounts(), (account) => ({
    imp_uid: account.payment.impUid,
    merchant_uid: account.payment.merchantUid,
    pay_method: account.payment.payMethod,
    pg_provider: account.payment.pgProvider,
    currency: account.payment.currency,
    status: statusOf(account),
    amount: account.payment.amount,
    shown_balance: shownBalance(account),
    true_balance: trueBalance(account),
    cancels: account.cancels.length,
    shown_cancels: shownCancels(account).length,
  }))
  return {
    today: pg.books.today,
    payments,
    cancels: pg.books.cancelRecords(),
    alarms: pg.books.alarms(),
    kicc: kiccOf(pg),
    v2: v2BooksOf(pg),
  }
}

/** An account number that a notification has to name stays out of here. */
function kiccOf({ books }: PracticePg): unknown {
  const payments = books.kicc.accounts().map((account) => ({
    mallId: account.payment.mallId,
    pgCno: account.payment.pgCno,
    shopOrderNo: account.payment.shopOrderNo,
    payMethodTypeCode: account.payment.method,
    amount: account.payment.amount,
    balance: wholeBalance(account),
    deposits: account.payment.deposits.map((deposit) => ({
      depositPgCno: deposit.pgCno,
      amount: deposit.amount,
      balance: balanceOf(account, deposit),
    })),
  }))
  const refunds = books.kicc.refunds().map(({ account: _account, ...refund }) => refund)
  return { payments, refunds }
}

function v2BooksOf({ books }: PracticePg): unknown {
  const payments = Array.from(books.v2Accounts(), (account) => ({
    paymentId: account.payment.paymentId,
    method: account.payment.method.type,
    pgProvider: account.payment.channel.pgProvider,
    currency: account.payment.currency,
    status: v2StatusOf(account),
    total: account.payment.total,
    cancellable: cancellableAmount(account),
    cancels: account.cancels.length,
  }))
  return { payments, cancels: books.v2Cancels(), alarms: books.v2Alarms() }
}

function countsOf(pg: PracticePg): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { method, path } of pg.requests) {
    const verb = `${method} ${path}`
    counts[verb] = (counts[verb] ?? 0) + 1
  }
  return counts
}
