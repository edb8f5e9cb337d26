import { CloseButton } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useWords } from '../i18n'
import styles from './side-panel.module.css'

interface SidePanelProps {
  readonly title: string
  readonly badges?: ReactNode
  readonly onClose: () => void
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** The row in hand, 360 px beside the table. Escape closes it. */
export function SidePanel({ title, badges, onClose, footer, children }: SidePanelProps) {
  const say = useWords('ui')
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A dialog above the panel takes Escape for itself.
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('[role="dialog"]') === null) {
        close.current()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <aside className={styles.panel} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {badges}
        <CloseButton className={styles.close} aria-label={say('panel.close')} onClick={onClose} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable without a mouse */}
      <div className={styles.body} tabIndex={0} role="region" aria-label={title}>
        {children}
      </div>
      {footer === undefined ? null : <div className={styles.footer}>{footer}</div>}
    </aside>
  )
}

/** A table (or anything that grows) with an optional panel at its right. */
export function WithPanel({ children, panel }: { readonly children: ReactNode; readonly panel: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.main}>{children}</div>
      {panel}
    </div>
  )
}
