import type { Won } from '../../domain/money'
import { Amount } from './amount'
import styles from './balance-bar.module.css'

/** `earlier`: refunded before. `now`: this refund. `maybe`: this refund, not proven yet. `left`: what remains. */
export type BalanceTone = 'earlier' | 'now' | 'maybe' | 'left'

export interface BalancePart {
  readonly tone: BalanceTone
  readonly label: string
  readonly amount: Won
}

interface BalanceBarProps {
  /** What was paid: the whole bar. */
  readonly whole: { readonly label: string; readonly amount: Won }
  readonly parts: readonly BalancePart[]
  /** Only the bar, where a table's columns already carry the figures. */
  readonly compact?: boolean
}

/** What was paid, cut into what went back, what goes now and what remains; figures stand beside the tints. */
export function BalanceBar({ whole, parts, compact = false }: BalanceBarProps) {
  const shown = parts.filter((part) => part.amount > 0)
  const total = Math.max(
    whole.amount,
    shown.reduce((sum, part) => sum + part.amount, 0),
  )
  const bar = (
    <span className={styles.bar} data-compact={compact || undefined} aria-hidden>
      {total === 0
        ? null
        : shown.map((part) => (
            <span
              key={part.tone}
              className={styles.part}
              data-tone={part.tone}
              style={{ flexGrow: part.amount / total, flexBasis: 0 }}
            />
          ))}
    </span>
  )
  if (compact) return bar
  return (
    <div className={styles.balance}>
      {bar}
      <dl className={styles.legend}>
        <div className={styles.line}>
          <dt>{whole.label}</dt>
          <dd>
            <Amount value={whole.amount} strong />
          </dd>
        </div>
        {parts.map((part) => (
          <div className={styles.line} key={part.tone}>
            <dt>
              <span className={styles.swatch} data-tone={part.tone} aria-hidden />
              {part.label}
            </dt>
            <dd>
              <Amount value={part.amount} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
