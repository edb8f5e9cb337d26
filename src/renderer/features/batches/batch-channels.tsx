import { useMemo } from 'react'
import type { BatchView } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Amount, Count } from '../../ui/amount'
import { DueDay } from '../../ui/due-day'
import { PlainTable, type PlainColumn } from '../../ui/plain-table'
import styles from './batches.module.css'

type BatchChannel = BatchView['channels'][number]

/** One line for each merchant account that pays rows of this batch, with what has become of them. */
export function BatchChannels({ channels }: Pick<BatchView, 'channels'>) {
  const say = useWords('batches')
  const columns = useChannelColumns()
  if (channels.length === 0) return null
  return (
    <div className={styles.channels}>
      <h3>{say('batch.byChannel')}</h3>
      <PlainTable
        label={say('batch.byChannel')}
        columns={columns}
        rows={channels}
        rowKey={({ channelId }) => channelId}
      />
    </div>
  )
}

function useChannelColumns(): readonly PlainColumn<BatchChannel>[] {
  const say = useWords('batches')
  const state = useWords('state')
  return useMemo(
    () => [
      { id: 'name', title: say('channel.name'), flex: true, cell: ({ name }) => name },
      { id: 'pg', title: say('channel.pg'), cell: ({ pg }) => state(`pg.${pg}`) },
      { id: 'rows', title: say('channel.rows'), align: 'right', cell: ({ rows }) => <Count value={rows} /> },
      {
        id: 'amount',
        title: say('channel.amount'),
        align: 'right',
        cell: ({ amount }) => <Amount value={amount} unit="none" />,
      },
      { id: 'taken', title: say('channel.taken'), align: 'right', cell: ({ taken }) => <PileCell {...taken} /> },
      { id: 'failed', title: say('channel.failed'), align: 'right', cell: ({ failed }) => <PileCell {...failed} /> },
      {
        id: 'due',
        title: say('channel.dueOn'),
        cell: ({ dueOn }) => (dueOn === null ? say('channel.noDueOn') : <DueDay day={dueOn} arrived />),
      },
    ],
    [say, state],
  )
}

function PileCell({ count, amount }: BatchChannel['taken']) {
  const say = useWords('batches')
  return (
    <>
      {say('batch.count', { count })}
      {count === 0 ? null : (
        <>
          {' '}
          <Amount value={amount} />
        </>
      )}
    </>
  )
}
