import { UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useWords } from '../i18n'
import { Count } from './amount'
import styles from './filters.module.css'

interface FilterChip<V extends string> {
  readonly value: V
  readonly label: string
  readonly count?: number
}

interface FiltersProps<V extends string> {
  readonly value: V
  /** The value that filters nothing; an active filter shows a cross that goes back to it. */
  readonly none: V
  readonly chips: readonly FilterChip<V>[]
  readonly onChange: (value: V) => void
}

/** Chips above a table; one is always chosen, and an active filter is one click from gone. */
export function Filters<V extends string>({ value, none, chips, onChange }: FiltersProps<V>) {
  const say = useWords('ui')
  return (
    <div className={styles.chips} role="group" aria-label={say('filters.label')}>
      {chips.map((chip) => {
        const active = chip.value === value
        return (
          <UnstyledButton
            key={chip.value}
            className={styles.chip}
            aria-pressed={active}
            onClick={() => onChange(active ? none : chip.value)}
          >
            {chip.label}
            {chip.count === undefined ? null : (
              <span className={styles.count}>
                <Count value={chip.count} />
              </span>
            )}
            {active && chip.value !== none ? <IconX size={14} stroke={2} aria-hidden /> : null}
          </UnstyledButton>
        )
      })}
    </div>
  )
}
