import { Button } from '@mantine/core'
import type { RowView } from '../../../contract/views'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'

interface OpenRowButtonProps {
  readonly row: RowView
  /** Only a person can decide: the way to the evidence comes forward. */
  readonly decide?: boolean
}

/** The way to everything that is known of a row. */
export function OpenRowButton({ row: { orderNo, batchId, rowId }, decide = false }: OpenRowButtonProps) {
  const say = useWords('run')
  const go = useGo()
  return (
    <Button
      {...(decide ? { variant: 'default' } : { variant: 'subtle', color: 'gray' })}
      size="xs"
      aria-label={say(decide ? 'look.decideFor' : 'look.open', { order: orderNo })}
      onClick={() => go({ name: 'batch', batchId, rowId })}
    >
      {say(decide ? 'look.decide' : 'look.openShort')}
    </Button>
  )
}
