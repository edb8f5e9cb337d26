import type { ReactNode } from 'react'
import { useWords } from '../i18n'
import styles from './facts.module.css'

export interface Fact {
  readonly label: string
  readonly value: ReactNode
}

/** Names and values one below the other, as in a panel; long values wrap, and one that nobody told is said to be so. */
export function Facts({ items }: { readonly items: readonly Fact[] }) {
  const say = useWords('ui')
  return (
    <dl className={styles.facts}>
      {items.map((item) => (
        <div key={item.label} className={styles.fact}>
          <dt>{item.label}</dt>
          {item.value === '' ? <dd data-none>{say('noFact')}</dd> : <dd>{item.value}</dd>}
        </div>
      ))}
    </dl>
  )
}
