import { useEffect, type RefObject } from 'react'

/** Brings a person who came for one part of a screen to its heading, once it is shown. */
export function useArrival(heading: RefObject<HTMLElement | null>, arrived: boolean): void {
  useEffect(() => {
    if (!arrived) return
    // The frame takes every new screen to its top, after the effects of the screen itself.
    const next = requestAnimationFrame(() => {
      heading.current?.focus()
      heading.current?.scrollIntoView({ block: 'start' })
    })
    return () => cancelAnimationFrame(next)
  }, [heading, arrived])
}
