import { useCallback } from 'react'
import { useWords } from '../i18n'

const SOURCES = ['own-refund', 'merchant-file', 'adopted', 'pg-baseline', 'payout-failed', 'pg'] as const

/** Where an entry of a timeline comes from, in words; a source that this version does not know is shown as it is. */
export function useSourceWord(): (source: string) => string {
  const say = useWords('state')
  return useCallback(
    (source) => {
      const known = SOURCES.find((one) => one === source)
      return known === undefined ? source : say(`source.${known}`)
    },
    [say],
  )
}
