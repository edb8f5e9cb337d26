import { Button } from '@mantine/core'
import { IconUserCheck, IconX } from '@tabler/icons-react'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'

export interface Decided {
  readonly how: 'approved' | 'rejected'
  readonly name: string
}

/** What became of the batch that was decided last; it has left the list by then. */
export function Outcome({ decided, onClose }: { readonly decided: Decided | null; readonly onClose: () => void }) {
  const say = useWords('approvals')
  const go = useGo()
  if (decided === null) return null
  const { how, name } = decided
  if (how === 'rejected') {
    return (
      <Notice announced icon={IconX} onClose={onClose}>
        {say('reject.done', { name })}
      </Notice>
    )
  }
  return (
    <Notice
      announced
      tone="blue"
      icon={IconUserCheck}
      onClose={onClose}
      actions={
        <Button variant="default" onClick={() => go({ name: 'run' })}>
          {say('approve.toRun')}
        </Button>
      }
    >
      {say('approve.done', { name })}
    </Notice>
  )
}
