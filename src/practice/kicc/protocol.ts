import type { FaultRule } from '../scenario'
import type { PracticeProtocol, PracticeRequest, ProtocolDesk, WireAnswer } from '../protocol'
import type { KiccBody } from './ledger'
import { noteOf } from './note'
import { settleDue } from './notices'
import { REFUSALS, type Refusal } from './results'
import { retrieve } from './retrieve'
import { refusalBody, revise, unknownBody, unknownResultOf } from './revise'

const ROOM = '/api/trades/'
const REVISE = `${ROOM}revise`
const RETRIEVE = `${ROOM}retrieveTransaction`

/** KICC's own API. Every answer is HTTP 200 unless the request could not be read; the result stands in `resCd`. */
export function createKicc({ books, nowMs, scenario }: ProtocolDesk): PracticeProtocol {
  const refused = (status: number, refusal: Refusal, fields: KiccBody = {}): WireAnswer =>
    wire(refusalBody(refusal, fields), status)

  return {
    owns: ({ url }) => url.pathname.startsWith(ROOM),
    subjects: ({ url, fields }) => {
      const { pgCno, shopTransactionId, mallId, transactionDate: day } = fields
      if (typeof pgCno === 'string') return [pgCno]
      if (url.pathname !== RETRIEVE) return []
      // A look-up names no payment; the request that it asks for does.
      const asked = books.kicc.request(String(mallId), String(shopTransactionId), String(day))?.note.pgCno
      return typeof asked === 'string' ? [asked] : []
    },
    answer(request, fault) {
      const { method, url, fields } = request
      if (method !== 'POST') return refused(404, REFUSALS.noSuchPlace)
      if (!isJson(request)) return refused(400, REFUSALS.unreadable)
      const atMs = nowMs()
      switch (url.pathname) {
        case REVISE:
          settleDue(books.kicc, atMs)
          return wire(underRule(revise({ books, fields, nowMs: atMs, scenario: scenario(), fault }), fault))
        case RETRIEVE: {
          const told = unknownResultOf(fault)
          return wire(told === null ? retrieve(books, fields, atMs) : unknownBody(told, fields))
        }
        default:
          return refused(404, REFUSALS.noSuchPlace)
      }
    },
    note: ({ url, fields }) => (url.pathname === REVISE ? { revise: noteOf(fields) } : {}),
    failures: {
      unreadable: (status) => refused(status, REFUSALS.unreadable),
      unauthorized: () => refused(401, REFUSALS.failure),
      refusal: (code = REFUSALS.failure.resCd, resMsg = REFUSALS.failure.resMsg) =>
        refused(200, { resCd: String(code), resMsg }),
      ofAnother: (answer) => wire({ ...(answer.body as KiccBody), oriPgCno: '20000000000000000000' }),
      emptied: ({ body }) => {
        const { resCd, resMsg } = body as KiccBody
        return wire({ resCd, resMsg })
      },
    },
  }
}

const underRule = (body: KiccBody, fault: FaultRule | undefined): KiccBody =>
  fault?.kind === 'kicc_wrong_key' ? { ...body, shopTransactionId: 'of-another-request' } : body

const isJson = ({ headers }: PracticeRequest): boolean =>
  headers['content-type']?.toLowerCase().startsWith('application/json') === true

function wire(body: KiccBody, status = 200): WireAnswer {
  return { status, code: typeof body['resCd'] === 'string' ? body['resCd'] : null, body }
}
