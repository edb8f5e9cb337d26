import { useEffect, useRef } from 'react'
import type { Screen } from '../ui/navigation'
import { RAIL_SCREENS } from './navigation-state'

interface Keys {
  readonly go: (screen: Screen) => void
  readonly back: () => void
  readonly openHelp: () => void
}

/** Keys that work on every screen. None of them moves money. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented || dialogIsOpen()) return
      if (event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey) {
        const name = /^[1-9]$/.test(event.key) ? RAIL_SCREENS[Number(event.key) - 1] : undefined
        if (name === undefined) return
        event.preventDefault()
        latest.current.go({ name })
      } else if (event.key === 'ArrowLeft' && event.altKey && !event.ctrlKey && !event.shiftKey && !event.metaKey) {
        event.preventDefault()
        latest.current.back()
      } else if (event.key === '?' && !isTyping(event.target)) {
        event.preventDefault()
        latest.current.openHelp()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}
