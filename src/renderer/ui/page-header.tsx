import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n'
import styles from './page-header.module.css'

interface PageHeaderProps {
  readonly title: string
  readonly subtitle?: ReactNode
  /** State badges beside the title. */
  readonly badges?: ReactNode
  /** Buttons; at most one of them is filled, the one next action of the screen. */
  readonly actions?: ReactNode
  readonly onBack?: () => void
}

export function PageHeader({ title, subtitle, badges, actions, onBack }: PageHeaderProps) {
  const say = useWords('ui')
  return (
    <header className={styles.header}>
      {onBack === undefined ? null : (
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('back')} onClick={onBack}>
          <IconArrowLeft size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
      <div className={styles.words}>
        <div className={styles.titleLine}>
          <h1 tabIndex={-1}>{title}</h1>
          {badges}
        </div>
        {subtitle === undefined ? null : <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </header>
  )
}

/** A screen's body: scrolls by itself, at most 1440 px wide unless it holds a table (`wide`). */
export function Page({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <div className={styles.page} data-wide={wide || undefined}>
      {children}
    </div>
  )
}
