import { CloseButton } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n'
import styles from './notice.module.css'

interface NoticeProps {
  readonly title?: string
  readonly children?: ReactNode
  readonly tone?: 'grey' | 'blue' | 'amber' | 'violet' | 'red'
  readonly icon?: Icon
  readonly actions?: ReactNode
  readonly onClose?: () => void
  /** Read out when it appears; off for what stands on the screen from the start. */
  readonly announced?: boolean
}

/** What the screen has to say about its state or about what was just done; a problem goes to `ProblemAlert`. */
export function Notice(props: NoticeProps) {
  const { title, children, tone = 'grey', icon: Glyph = IconInfoCircle, actions, onClose, announced = false } = props
  const say = useWords('ui')
  return (
    <div className={styles.notice} data-tone={tone} {...(announced ? { role: 'status' } : {})}>
      <Glyph size={18} stroke={1.75} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        {title === undefined ? null : <p className={styles.title}>{title}</p>}
        {children}
      </div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      {onClose === undefined ? null : <CloseButton size="sm" aria-label={say('close')} onClick={onClose} />}
    </div>
  )
}
