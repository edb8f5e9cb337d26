import type { ReactNode } from 'react'
import type { Won } from '../../domain/money'
import { useWords } from '../i18n'
import { Amount } from './amount'
import styles from './stat.module.css'

interface StatProps {
  readonly label: string
  readonly children: ReactNode
  /** A second, softer line. */
  readonly hint?: ReactNode
  /** The one number of the day is large. */
  readonly large?: boolean
}

/** A figure with its name. */
export function Stat({ label, children, hint, large = false }: StatProps) {
  return (
    <dl className={styles.stat} data-large={large || undefined}>
      <dt>{label}</dt>
      <dd className={styles.value}>{children}</dd>
      {hint === undefined ? null : <dd className={styles.hint}>{hint}</dd>}
    </dl>
  )
}

interface MoneySummaryProps {
  readonly label: string
  readonly count: number
  readonly amount: Won
  readonly large?: boolean
}

/** Rows and won of a pile, `24건 1,234,000원`. */
export function MoneySummary({ label, count, amount, large = false }: MoneySummaryProps) {
  const say = useWords('ui')
  return (
    <Stat label={label} large={large}>
      {say('money.count', { count })} <Amount value={amount} />
    </Stat>
  )
}

/** Figures side by side under a page's head. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return <div className={styles.stats}>{children}</div>
}
