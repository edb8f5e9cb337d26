import type { Won } from '../../domain/money'
import { useLanguage, useWords } from '../i18n'
import { figureText, signedWonText, wonText } from './formats'
import styles from './figures.module.css'

interface AmountProps {
  readonly value: Won
  /** `none` where the column's head already says won. */
  readonly unit?: 'won' | 'none'
  /** `difference` always shows its sign; `refund` writes a negative amount as a refund in words. */
  readonly sign?: 'minus' | 'difference' | 'refund'
  readonly strong?: boolean
}

/** An amount of won in tabular figures. */
export function Amount({ value, unit = 'won', sign = 'minus', strong = false }: AmountProps) {
  const language = useLanguage()
  const say = useWords('ui')
  return (
    <span className={styles.figure} data-strong={strong || undefined}>
      {text()}
    </span>
  )

  function text(): string {
    if (sign === 'refund' && value < 0) return say('amount.refund', { amount: wonText(-value as Won, language) })
    if (unit === 'none') return sign === 'difference' && value > 0 ? `+${figureText(value)}` : figureText(value)
    return sign === 'difference' ? signedWonText(value, language) : wonText(value, language)
  }
}

/** A plain count with thousands separators in tabular figures. */
export function Count({ value }: { readonly value: number }) {
  return <span className={styles.figure}>{figureText(value)}</span>
}
