import { useCallback } from 'react'
import { PAGE_ROWS_MAX } from '../../contract/channels'
import type { DriftCaseId, PaymentId } from '../../domain/ids'
import { call } from '../bridge/client'
import { useGo } from './navigation'

/** Opens the mismatch of a payment; where it is settled already, or cannot be read, the list of mismatches. */
export function useOpenDrift(): (paymentId: PaymentId) => void {
  const go = useGo()
  return useCallback(
    (paymentId) => {
      void openCaseOf(paymentId).then((caseId) => go(caseId === null ? { name: 'drift' } : { name: 'drift', caseId }))
    },
    [go],
  )
}

async function openCaseOf(paymentId: PaymentId): Promise<DriftCaseId | null> {
  try {
    const { rows } = await call('drift.list', { state: 'open', offset: 0, limit: PAGE_ROWS_MAX })
    return rows.find((row) => row.paymentId === paymentId)?.caseId ?? null
  } catch {
    // The screen with the list says by itself why it cannot be read.
    return null
  }
}
