import type { RowDetail, RowView } from '../../../contract/views'
import { useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { FollowUpDone } from '../../ui/follow-up-done'
import { ReasonedAct } from '../../ui/reasoned-act'
import { StateBadge } from '../../ui/state-badge'
import { When } from '../../ui/when'
import styles from './batches.module.css'

/** How it is known what became of the money: a person's word, or a notification of the PG. */
export function Payouts({ payouts }: Pick<RowDetail, 'payouts'>) {
  const say = useWords('batches')
  if (payouts.length === 0) return null
  return (
    <section className={styles.attempts}>
      <h3>{say('payouts.title')}</h3>
      <ol className={styles.told}>
        {payouts.map((payout) => (
          <li key={`${payout.kind} ${payout.atMs}`}>
            <div className={styles.attemptHead}>
              <StateBadge state={payout.kind} />
              <span className={styles.soft}>
                <When atMs={payout.atMs} />
              </span>
            </div>
            <p>{payout.by === null ? say('payouts.byNotice') : say('payouts.byPerson', { name: payout.by })}</p>
            {payout.note === '' ? null : <p className={styles.said}>{payout.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Tasks that this refund left behind, each with its way to be done. */
export function RowFollowUps({ detail: { row, followUps } }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const ui = useWords('ui')
  if (followUps.length === 0) return null
  return (
    <section className={styles.attempts}>
      <h3>{say('followUps.title')}</h3>
      <ul className={styles.told}>
        {followUps.map((followUp) => (
          <li key={followUp.followUpId}>
            <p>{ui(`followUp.${followUp.kind}`)}</p>
            <p className={styles.soft}>
              <When atMs={followUp.atMs} />
            </p>
            {followUp.detail === '' ? null : (
              <p className={styles.said}>{ui('followUp.pgSaid', { words: followUp.detail })}</p>
            )}
            <FollowUpDone followUpId={followUp.followUpId} orderNo={row.orderNo} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The bank sent the money back. Kept apart from what is harmless: if it did arrive, the next refund pays twice. */
export function PayoutFailed({ row }: { readonly row: RowView }) {
  const say = useWords('batches')
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  const allowed = session?.roles.includes('checker') === true
  return (
    <div className={styles.lastResort}>
      {allowed ? (
        <ReasonedAct
          channel="row.payoutFailed"
          rowId={row.rowId}
          label={say('act.payoutFailed')}
          confirm={say('act.payoutFailed.confirm', { amount: row.amount })}
          button={{ variant: 'subtle', color: 'red', size: 'compact-sm', className: styles.inlineButton ?? '' }}
          danger
        >
          <p>{say('act.payoutFailed.body', { amount: row.amount })}</p>
          <p>{say('act.payoutFailed.warning')}</p>
        </ReasonedAct>
      ) : (
        <p className={styles.soft}>{say('act.payoutFailed.needsChecker')}</p>
      )}
    </div>
  )
}
