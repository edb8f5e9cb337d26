import { createContext, useContext } from 'react'
import type { BatchId, DraftId, DriftCaseId, PaymentId, RowId } from '../../domain/ids'

/** Where a person can be. Screens move by `useGo()`, never by importing one another. */
export type Screen =
  | { readonly name: 'home' }
  | { readonly name: 'import'; readonly draftId?: DraftId }
  | { readonly name: 'batches' }
  | { readonly name: 'batch'; readonly batchId: BatchId; readonly rowId?: RowId }
  | { readonly name: 'approvals' }
  | { readonly name: 'run'; readonly show?: 'needs-look' | 'overdue' | 'follow-ups' }
  | { readonly name: 'drift'; readonly caseId?: DriftCaseId; readonly show?: 'notices'; readonly draftId?: DraftId }
  | { readonly name: 'search'; readonly text?: string; readonly paymentId?: PaymentId }
  | { readonly name: 'audit' }
  | { readonly name: 'settings' }

export type ScreenName = Screen['name']

export interface Navigation {
  readonly screen: Screen
  readonly go: (screen: Screen) => void
  readonly back: () => void
}

export const NavigationContext = createContext<Navigation | null>(null)

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext)
  if (navigation === null) throw new Error('no navigation around this screen')
  return navigation
}

/** Moves to another screen. */
export function useGo(): (screen: Screen) => void {
  return useNavigation().go
}

/** The current screen with its own values when it has this name, else null. */
export function useScreen<N extends ScreenName>(name: N): Extract<Screen, { name: N }> | null {
  const { screen } = useNavigation()
  return screen.name === name ? (screen as Extract<Screen, { name: N }>) : null
}
