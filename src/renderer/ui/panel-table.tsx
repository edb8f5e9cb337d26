import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { WithPanel } from './side-panel'
import styles from './panel-table.module.css'

/**
 * A table with the panel of the row in hand. Enter on a row moves the focus into the panel; a click leaves it in the
 * table, so that arrows go on. When the panel closes, a focus that stood in it goes back to the table.
 */
export function PanelTable({ children, panel }: { readonly children: ReactNode; readonly panel: ReactNode }) {
  const table = useRef<HTMLDivElement>(null)
  const side = useRef<HTMLDivElement>(null)
  const open = panel !== null
  useEffect(() => {
    const box = table.current
    if (!open) return undefined
    return () => {
      if (document.activeElement === document.body) box?.querySelector<HTMLElement>('[role="grid"]')?.focus()
    }
  }, [open])
  return (
    <WithPanel
      panel={
        open ? (
          <div ref={side} className={styles.through}>
            {panel}
          </div>
        ) : null
      }
    >
      <div ref={table} className={styles.through} role="presentation" onKeyDown={enterPanel}>
        {children}
      </div>
    </WithPanel>
  )

  function enterPanel(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || event.target.role !== 'grid') return
    // The panel is on screen once this key's own updates are.
    requestAnimationFrame(() => side.current?.querySelector<HTMLElement>('[role="region"]')?.focus())
  }
}
