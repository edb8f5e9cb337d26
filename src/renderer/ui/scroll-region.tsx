import type { ReactNode } from 'react'

interface ScrollRegionProps {
  readonly label: string
  readonly className: string | undefined
  readonly children: ReactNode
}

/** A box that scrolls by itself: with a name and a place in the tab order, so that it scrolls without a mouse. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable without a mouse
    <div className={className} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  )
}
