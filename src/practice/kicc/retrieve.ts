import type { Books } from '../books'
import { fieldRefusal, RETRIEVE_FIELDS } from './fields'
import type { KiccBody } from './ledger'
import { merchantOf } from './merchants'
import { REFUSALS } from './results'
import { dayOf, refusalBody, unknownBody } from './revise'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * POST /api/trades/retrieveTransaction: what the request of this key and day was told, for yesterday and today. A
 * request that was told VTIM or VT00 stays so until a query brought its result.
 */
export function retrieve(books: Books, fields: KiccBody, nowMs: number): KiccBody {
  const refusal = fieldRefusal(RETRIEVE_FIELDS, fields)
  if (refusal !== undefined) return refusalBody(refusal, fields)
  const mallId = String(fields['mallId'])
  if (merchantOf(mallId) === undefined) return refusalBody(REFUSALS.merchant, fields)
  const day = String(fields['transactionDate'])
  if (day !== dayOf(nowMs) && day !== dayOf(nowMs - DAY_MS)) return refusalBody(REFUSALS.lookupDay, fields)
  const request = books.kicc.request(mallId, String(fields['shopTransactionId']), day)
  if (request === undefined) return refusalBody(REFUSALS.lookupNotFound, fields)
  return request.told === null ? request.answer : unknownBody(request.told, fields)
}
