import { Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import type { HomeView } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'

/** What the last finished batch came to, with its result file. */
export function LastRun({ last }: { readonly last: NonNullable<HomeView['lastFinished']> }) {
  const say = useWords('run')
  const go = useGo()
  const result = useAct('export.result')
  const { batchId, name, accepted } = last
  return (
    <>
      <Notice
        title={say('end.title')}
        actions={
          <>
            <Button variant="default" onClick={() => go({ name: 'batch', batchId })}>
              {say('end.open')}
            </Button>
            <Button
              leftSection={<IconDeviceFloppy size={16} stroke={1.75} aria-hidden />}
              loading={result.busy}
              onClick={() => result.act({ batchId })}
            >
              {say('end.result')}
            </Button>
          </>
        }
      >
        <p>{say('end.body', { name, count: accepted.count, amount: accepted.amount })}</p>
        {accepted.count === 0 ? null : <p>{say('end.arrives')}</p>}
        <p role="status">
          {result.done === null ? '' : say('end.saved', { name: result.done.fileName, count: result.done.rows })}
        </p>
      </Notice>
      <ProblemAlert problem={result.problem} onClose={result.clear} />
    </>
  )
}
