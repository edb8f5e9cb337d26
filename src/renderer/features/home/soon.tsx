import { Button } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useRun } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { HoldLine } from '../../ui/hold-line'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'

/** Approved batches that are about to be sent: the last moment to stop them. */
export function Soon() {
  const say = useWords('home')
  const go = useGo()
  const holds = useRun()?.holds ?? []
  if (holds.length === 0) return null
  return (
    <Notice
      tone="blue"
      icon={IconHourglass}
      title={say('soon.title')}
      actions={
        <Button variant="default" onClick={() => go({ name: 'run' })}>
          {say('soon.verb')}
        </Button>
      }
    >
      {holds.map((hold) => (
        <p key={hold.batchId}>
          {hold.name} · {say('pile.rows', { count: hold.rows })} <Amount value={hold.amount} /> ·{' '}
          <HoldLine untilMs={hold.holdUntilMs} />
        </p>
      ))}
    </Notice>
  )
}
