import { Button, Checkbox, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import type { DraftView } from '../../../contract/draft'
import { kstDate } from '../../../domain/time'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { ProblemAlert } from '../../ui/problem-text'
import { useNow } from '../../ui/use-now'
import styles from './import.module.css'

interface CreateBatchBarProps {
  readonly draft: DraftView
  /** Filled, unless something else on the screen comes first. */
  readonly primary: boolean
}

/** The batch that the fine rows become. Says which rows are left out. */
export function CreateBatchBar({ draft, primary }: CreateBatchBarProps) {
  const say = useWords('import')
  const go = useGo()
  // Until a person writes a name, it follows the count of fine rows.
  const [written, setWritten] = useState<string | null>(null)
  const [intended, setIntended] = useState(false)
  const create = useAct('batch.create', { onDone: (batch) => go({ name: 'batch', batchId: batch.batchId }) })
  const nowMs = useNow()
  const {
    draftId,
    rowsFine,
    amountFine,
    rowsWithErrors,
    rowsWithWarnings,
    rowsUnknown,
    rowsDuplicate,
    amountDuplicate,
  } = draft
  const name = written ?? say('create.namePattern', { date: kstDate(nowMs), count: rowsFine })
  const nameMissing = name.trim() === ''
  const unconfirmed = rowsDuplicate > 0 && !intended
  const why = useId()
  const mayCreate = rowsFine > 0 && !nameMissing && !unconfirmed
  return (
    <section className={styles.create} aria-label={say('create.name')}>
      <ProblemAlert problem={create.problem} />
      <form
        className={styles.createLine}
        onSubmit={(event) => {
          event.preventDefault()
          if (mayCreate) create.act({ draftId, name: name.trim(), duplicatesIntended: intended })
        }}
      >
        <div className={styles.notes}>
          {rowsFine === 0 ? <p>{say(rowsUnknown > 0 ? 'create.noneKnown' : 'create.noneFine')}</p> : null}
          {rowsFine > 0 && rowsWithErrors > 0 ? <p>{say('create.leftOut', { count: rowsWithErrors })}</p> : null}
          {rowsFine > 0 && rowsWithWarnings > rowsDuplicate ? (
            <p>{say('create.warnings', { count: rowsWithWarnings })}</p>
          ) : null}
          {rowsDuplicate > 0 ? (
            <div className={styles.duplicates}>
              <p>{say('create.duplicates', { count: rowsDuplicate, amount: amountDuplicate })}</p>
              <Checkbox
                checked={intended}
                onChange={(event) => setIntended(event.currentTarget.checked)}
                label={say('create.intended')}
              />
              {unconfirmed ? <p id={why}>{say('create.intendedMissing')}</p> : null}
            </div>
          ) : null}
        </div>
        <TextInput
          className={styles.name}
          label={say('create.name')}
          value={name}
          maxLength={100}
          disabled={rowsFine === 0}
          onChange={(event) => setWritten(event.currentTarget.value)}
          {...(nameMissing ? { error: say('create.nameMissing') } : {})}
        />
        <Button
          type="submit"
          variant={primary ? 'filled' : 'default'}
          disabled={!mayCreate}
          loading={create.busy}
          {...(unconfirmed ? { 'aria-describedby': why } : {})}
        >
          {say('create.action', { count: rowsFine, amount: amountFine })}
        </Button>
      </form>
    </section>
  )
}
