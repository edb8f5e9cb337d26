import { IconKey } from '@tabler/icons-react'
import { useRead } from '../bridge/client'
import { useWords } from '../i18n'
import { Notice } from './notice'

/** Whether the key of this ledger lies in a file beside it, since the computer has no keyring. Never in live mode. */
export function useKeyFileUsed(): boolean {
  const app = useRead('app.state', {}, { topics: ['app'] }).data
  return app !== undefined && app.mode !== 'live' && app.keyStore === 'key-file'
}

/** Said before a file is read, which is when a customer's data would come to lie under that key. */
export function KeyFileNote() {
  const say = useWords('ui')
  if (!useKeyFileUsed()) return null
  return (
    <Notice icon={IconKey} title={say('keyFile.title')}>
      <p>{say('keyFile.text')}</p>
    </Notice>
  )
}
