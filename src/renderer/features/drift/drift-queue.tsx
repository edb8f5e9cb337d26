import { Button, UnstyledButton } from '@mantine/core'
import type { DriftSummary } from '../../../contract/drift'
import type { DriftCaseId } from '../../../domain/ids'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { stepInList } from '../../ui/list-keys'
import { Tag } from '../../ui/state-badge'
import { When } from '../../ui/when'
import styles from './drift.module.css'

interface DriftQueueProps {
  readonly cases: readonly DriftSummary[]
  readonly total: number
  readonly open: DriftCaseId | null
  readonly onOpen: (caseId: DriftCaseId) => void
  readonly onMore?: () => void
}

/** Cases by money, the largest first; arrows move through them. */
export function DriftQueue({ cases, total, open, onOpen, onMore }: DriftQueueProps) {
  const say = useWords('drift')
  const state = useWords('state')
  const hidden = total - cases.length
  if (cases.length === 0) return null
  return (
    <>
      <ul className={styles.list} aria-label={say('list.label')}>
        {cases.map((one, index) => (
          <li key={one.caseId}>
            <UnstyledButton
              className={styles.item}
              aria-current={one.caseId === open}
              onClick={() => onOpen(one.caseId)}
              onKeyDown={(event) => {
                const next = cases[index + stepInList(event)]
                if (next !== undefined && next.caseId !== open) onOpen(next.caseId)
              }}
            >
              <span className={styles.itemLine}>
                <Tag tone={one.state === 'open' ? 'violet' : 'grey'}>
                  {state(one.state === 'open' ? `drift.${one.kind}` : `driftState.${one.state}`)}
                </Tag>
                <Amount value={one.difference} sign="difference" strong />
              </span>
              <span className={styles.itemLine}>
                <span className={styles.order}>{one.orderNo}</span>
                <span className={styles.soft}>
                  <When atMs={one.foundAtMs} />
                </span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {hidden > 0 && onMore !== undefined ? (
        <Button variant="default" size="xs" onClick={onMore}>
          {say('list.more', { count: hidden })}
        </Button>
      ) : null}
      {hidden > 0 && onMore === undefined ? (
        <p className={styles.soft}>{say('list.capped', { count: cases.length })}</p>
      ) : null}
    </>
  )
}
