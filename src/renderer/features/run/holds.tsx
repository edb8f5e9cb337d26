import { Button } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import type { RunState } from '../../../contract/views'
import { useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { HoldLine } from '../../ui/hold-line'
import { useGo } from '../../ui/navigation'
import { WithdrawAct } from '../../ui/withdraw-act'
import styles from './run.module.css'

type Hold = RunState['holds'][number]

/** Approved batches that are not sent yet: when each begins, and the way to stop it before. */
export function Holds({ holds }: { readonly holds: readonly Hold[] }) {
  const say = useWords('run')
  if (holds.length === 0) return null
  return (
    <section className={styles.block} aria-labelledby="run-holds">
      <h2 id="run-holds">{say('holds.title')}</h2>
      <ul className={styles.lookList}>
        {holds.map((hold) => (
          <HoldItem key={hold.batchId} hold={hold} />
        ))}
      </ul>
    </section>
  )
}

function HoldItem({ hold }: { readonly hold: Hold }) {
  const say = useWords('run')
  const go = useGo()
  const { batchId } = hold
  // Whose batch it is decides who may take it back.
  const batch = useRead('batch.get', { batchId }, { topics: ['batches'] }).data
  return (
    <li className={styles.lookRow}>
      <IconHourglass size={18} stroke={1.75} aria-hidden className={styles.glyph} />
      <div className={styles.lookWords}>
        <div className={styles.lookLine}>
          <span className={styles.order}>{hold.name}</span>
          <span>
            {say('counts.count', { count: hold.rows })} <Amount value={hold.amount} strong />
          </span>
        </div>
        <p className={styles.holdLine}>
          <HoldLine untilMs={hold.holdUntilMs} />
        </p>
      </div>
      <div className={styles.lookButtons}>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={say('holds.openNamed', { name: hold.name })}
          onClick={() => go({ name: 'batch', batchId })}
        >
          {say('holds.open')}
        </Button>
        {batch === undefined ? null : <WithdrawAct batch={batch} button={{ variant: 'default', size: 'xs' }} />}
      </div>
    </li>
  )
}
