import { Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import type { BatchView } from '../../../contract/views'
import { useAct, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ProblemAlert } from '../../ui/problem-text'
import { ReasonDialog } from '../../ui/reason-dialog'
import { countOf } from '../../ui/row-piles'
import { Notice } from '../../ui/notice'
import type { BatchState } from '../../ui/state-badge'
import styles from './batches.module.css'

/** Before these, nothing was sent and there is no result to save. */
const WITH_RESULTS: readonly BatchState[] = ['running', 'done', 'expired']

/** Saves what came of a batch; the failed rows only with a reason, since that file holds full account numbers. */
export function ExportActs({ batch }: { readonly batch: BatchView }) {
  const say = useWords('batches')
  const [asking, setAsking] = useState(false)
  const result = useAct('export.result')
  const failed = useAct('export.failedRows', { onDone: () => setAsking(false) })
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  if (!WITH_RESULTS.includes(batch.state)) return null
  const { batchId } = batch
  const failedCount = countOf(batch, 'failed')
  const saved = failed.done ?? result.done
  return (
    <div className={styles.exports}>
      <div className={styles.exportButtons}>
        {failedCount > 0 && session?.roles.includes('maker') === true ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {say('export.failed')}
          </Button>
        ) : null}
        <Button
          variant={batch.state === 'done' ? 'filled' : 'default'}
          leftSection={<IconDeviceFloppy size={16} stroke={1.75} aria-hidden />}
          loading={result.busy}
          onClick={() => {
            failed.clear()
            result.act({ batchId })
          }}
        >
          {say('export.result')}
        </Button>
      </div>
      {saved === null ? null : (
        <Notice
          announced
          onClose={() => {
            result.clear()
            failed.clear()
          }}
        >
          {say('export.saved', { name: saved.fileName, count: saved.rows })}
        </Notice>
      )}
      <ProblemAlert problem={result.problem} onClose={result.clear} />
      <ReasonDialog
        opened={asking}
        title={say('export.failedTitle')}
        actLabel={say('export.failedConfirm')}
        busy={failed.busy}
        problem={failed.problem}
        onAct={(reason) => {
          result.clear()
          failed.act({ batchId, reason })
        }}
        onClose={() => {
          failed.clear()
          setAsking(false)
        }}
      >
        <p>{say('export.failedBody', { count: failedCount })}</p>
      </ReasonDialog>
    </div>
  )
}
