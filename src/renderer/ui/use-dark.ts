import { useSyncExternalStore } from 'react'
import type { Theme } from '../../contract/views'

const QUERY = '(prefers-color-scheme: dark)'

function onSystemChange(listener: () => void): () => void {
  const media = window.matchMedia(QUERY)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the window is dark, following the system where the person wants that. */
export function useDark(theme: Theme): boolean {
  const system = useSyncExternalStore(onSystemChange, () => window.matchMedia(QUERY).matches)
  return theme === 'system' ? system : theme === 'dark'
}
