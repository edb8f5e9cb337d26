import { Button } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import styles from './empty-state.module.css'

interface EmptyStateProps {
  readonly icon?: Icon
  readonly sentence: string
  /** One more line, where the sentence needs a reason. */
  readonly hint?: string
  readonly action?: { readonly label: string; readonly onClick: () => void; readonly busy?: boolean }
}

/** An empty list: one sentence, one action. */
export function EmptyState({ icon: Glyph, sentence, hint, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {Glyph === undefined ? null : <Glyph size={32} stroke={1.5} aria-hidden className={styles.icon} />}
      <p className={styles.sentence}>{sentence}</p>
      {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
      {action === undefined ? null : (
        <Button variant="default" onClick={action.onClick} loading={action.busy ?? false}>
          {action.label}
        </Button>
      )}
    </div>
  )
}
