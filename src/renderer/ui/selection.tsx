import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Won } from '../../domain/money'

/** What is selected in the table on screen: shown in the status bar like a spreadsheet's sum. */
export interface Selection {
  readonly count: number
  readonly sum: Won
}

interface SelectionState {
  readonly selection: Selection | null
  readonly show: (selection: Selection | null) => void
}

const SelectionContext = createContext<SelectionState>({ selection: null, show: () => undefined })

export function SelectionProvider({ children }: { readonly children: ReactNode }) {
  const [selection, show] = useState<Selection | null>(null)
  const state = useMemo(() => ({ selection, show }), [selection])
  return <SelectionContext value={state}>{children}</SelectionContext>
}

export function useShownSelection(): Selection | null {
  return useContext(SelectionContext).selection
}

/** Puts a selection into the status bar while the component is shown. */
export function useShowSelection(selection: Selection | null): void {
  const { show } = useContext(SelectionContext)
  useEffect(() => {
    show(selection)
    return () => show(null)
  }, [show, selection])
}
