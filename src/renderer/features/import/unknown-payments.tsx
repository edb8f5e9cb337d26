import { Button } from '@mantine/core'
import { IconDatabaseImport } from '@tabler/icons-react'
import type { DraftView } from '../../../contract/draft'
import { useRead, type Act } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { SyncProgress, SyncResult, type FirstSync } from './sync-first'
import { sourceFirst } from './unknown-facts'

interface UnknownPaymentsProps {
  readonly draft: DraftView
  readonly sync: FirstSync
  readonly reread: Act<'import.reread'>
}

/** Rows whose payments the ledger does not know: where these come from, and the way back to a fresh check. */
export function UnknownPayments({ draft, sync, reread }: UnknownPaymentsProps) {
  const say = useWords('import')
  const go = useGo()
  const channels = useRead('settings.channels', {}, { topics: ['settings'] }).data
  const kicc = channels?.some(({ pg }) => pg === 'kicc') === true
  const { draftId, encoding, rowsUnknown, paymentsSince } = draft
  const first = sourceFirst(draft, kicc)
  const look = (source: typeof first): 'filled' | 'default' => (source === first ? 'filled' : 'default')
  return (
    <>
      <SyncResult sync={sync.sync} />
      {rowsUnknown === 0 || channels === undefined ? null : (
        <Notice
          tone={first === null ? 'grey' : 'amber'}
          icon={IconDatabaseImport}
          title={say('unknown.title', { count: rowsUnknown })}
          actions={
            <>
              <Button variant={look('sync')} onClick={sync.start} loading={sync.sync.busy}>
                {say('syncFirst.action')}
              </Button>
              {kicc ? (
                <Button variant={look('notices')} onClick={() => go({ name: 'drift', show: 'notices', draftId })}>
                  {say('unknown.notices')}
                </Button>
              ) : null}
              {paymentsSince === 0 ? null : (
                <Button
                  variant={look('recheck')}
                  loading={reread.busy}
                  onClick={() => reread.act({ draftId, encoding })}
                >
                  {say('unknown.recheck')}
                </Button>
              )}
            </>
          }
        >
          {paymentsSince === 0 ? <p>{say('unknown.body')}</p> : null}
          {kicc && paymentsSince === 0 ? <p>{say('unknown.kicc')}</p> : null}
          {paymentsSince === 0 ? null : <p>{say('unknown.since', { count: paymentsSince })}</p>}
        </Notice>
      )}
      <SyncProgress sync={sync.sync} />
    </>
  )
}
