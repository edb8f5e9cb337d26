import { Button } from '@mantine/core'
import type { RowDetail, RowView } from '../../../contract/views'
import { REPEAT_FROM_MS, REPEAT_UNTIL_MS } from '../../../domain/repeat'
import { useAct, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { Facts } from '../../ui/facts'
import { whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { useOpenDrift } from '../../ui/open-drift'
import { ProblemAlert } from '../../ui/problem-text'
import { ReasonedAct } from '../../ui/reasoned-act'
import { deadlineOf } from '../../ui/look-deadline'
import { useNow } from '../../ui/use-now'
import { When } from '../../ui/when'
import { PayoutFailed } from './row-payouts'
import { decidableFromMs, looksLikeOurs, mayFailPayout, nextOf, proposedCancel, sayingOf, type Next } from './row-facts'
import styles from './batches.module.css'

/** What to do with this row, said first and then offered as a button. */
export function RowActs({ detail }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const { row } = detail
  const attempt = detail.attempts.at(-1)
  const next = nextOf(row, useNow())
  const unknown = attempt?.state === 'unknown' || attempt?.state === 'unproven'
  const proposed = looksLikeOurs(detail)
  return (
    <section className={styles.acts}>
      <p>{say(`next.${sayingOf(row, next)}`)}</p>
      {row.sendFromMs === null ? null : <SendFrom fromMs={row.sendFromMs} />}
      <Deadline row={row} />
      {attempt?.state === 'unknown' ? <Repeat fromMs={detail.repeatFromMs} /> : null}
      {attempt?.state === 'unproven' ? <p className={styles.soft}>{say('next.unproven')}</p> : null}
      <Act detail={detail} next={next} />
      {unknown || proposed ? <Decide detail={detail} unknown={unknown} proposed={proposed} /> : null}
      {mayFailPayout(row) ? <PayoutFailed row={row} /> : null}
    </section>
  )
}

/** The PG is closed for this method at this hour; the row needs nobody. */
function SendFrom({ fromMs }: { readonly fromMs: number }) {
  const say = useWords('batches')
  const language = useLanguage()
  return <p className={styles.soft}>{say('next.sendFrom', { when: whenText(fromMs, useNow(), language) })}</p>
}

/** Until when the program looks by itself, and that a person decides after that. */
function Deadline({ row }: { readonly row: RowView }) {
  const say = useWords('batches')
  const language = useLanguage()
  const nowMs = useNow()
  const deadline = deadlineOf(row, nowMs)
  if (deadline === null) return null
  return (
    <p className={deadline.past ? styles.trouble : styles.soft}>
      {say(`next.${deadline.word}`, { when: whenText(deadline.atMs, nowMs, language) })}
    </p>
  )
}

/** Whether the program's own look-ups may send the same bytes once more, and between when and when. */
function Repeat({ fromMs }: { readonly fromMs: RowDetail['repeatFromMs'] }) {
  const say = useWords('batches')
  const language = useLanguage()
  const nowMs = useNow()
  return (
    <p className={styles.soft}>
      {fromMs === null
        ? say('next.repeatNever')
        : say('next.repeat', {
            from: whenText(fromMs, nowMs, language),
            until: whenText(fromMs - REPEAT_FROM_MS + REPEAT_UNTIL_MS, nowMs, language),
          })}
    </p>
  )
}

function Act({ detail, next }: { readonly detail: RowDetail; readonly next: Next }) {
  const say = useWords('batches')
  const go = useGo()
  const openDrift = useOpenDrift()
  switch (next) {
    case 'look':
    case 'decide':
      return <Look detail={detail} />
    case 'drift':
      return (
        <Button variant="light" onClick={() => openDrift(detail.row.paymentId)}>
          {say('act.drift')}
        </Button>
      )
    case 'new-row':
      return (
        <Button variant="light" onClick={() => go({ name: 'import' })}>
          {say('act.newRow')}
        </Button>
      )
    case 'confirm-payout':
      return <ConfirmPayout detail={detail} />
    case 'none':
    case 'wait':
    case 'blocked':
      return null
  }
}

/** Asks the PG; repeated as often as a person likes, since it sends no money. */
function Look({ detail: { row } }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const state = useWords('state')
  const look = useAct('row.look')
  return (
    <>
      <Button variant="light" loading={look.busy} onClick={() => look.act({ rowId: row.rowId })}>
        {say('act.look')}
      </Button>
      <p className={styles.soft} aria-live="polite">
        {look.busy ? say('act.looking') : null}
        {look.done === null || look.busy ? null : say('act.looked', { state: state(`row.${look.done.row.state}`) })}
      </p>
      <ProblemAlert problem={look.problem} onClose={look.clear} />
    </>
  )
}

interface DecideProps {
  readonly detail: RowDetail
  readonly unknown: boolean
  readonly proposed: boolean
}

/** What only a person may settle, kept apart from the harmless button above. */
function Decide({ detail, unknown, proposed }: DecideProps) {
  const say = useWords('batches')
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  const allowed = session?.roles.includes('checker') === true
  const language = useLanguage()
  const nowMs = useNow()
  const attempt = detail.attempts.at(-1)
  const fromMs = (attempt === undefined ? null : decidableFromMs(attempt)) ?? 0
  const tooEarly = nowMs < fromMs
  return (
    <div className={styles.lastResort}>
      {proposed ? <p>{say('act.ours.hint')}</p> : null}
      {proposed && allowed ? <DecideOurs detail={detail} /> : null}
      {unknown && allowed && tooEarly ? (
        <p className={styles.soft}>{say('act.decideFrom', { when: whenText(fromMs, nowMs, language) })}</p>
      ) : null}
      {unknown && allowed && !tooEarly ? <DecideNotSent detail={detail} /> : null}
      {allowed ? null : <p className={styles.soft}>{say('act.decideNeedsChecker')}</p>}
    </div>
  )
}

/** The one new cancel of our amount is this row's, though its text was replaced: the row then counts as accepted. */
function DecideOurs({ detail }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const { row } = detail
  const found = proposedCancel(detail)
  return (
    <ReasonedAct
      channel="row.decideOurs"
      rowId={row.rowId}
      label={say('act.ours')}
      confirm={say('act.ours.confirm', { amount: row.amount })}
      button={{ variant: 'default' }}
    >
      <p>{say('act.ours.body', { order: row.orderNo, amount: row.amount })}</p>
      {found === null ? null : (
        <Facts
          items={[
            { label: say('act.ours.at'), value: <When atMs={found.atMs} /> },
            { label: say('act.ours.amount'), value: <Amount value={found.amount} /> },
            { label: say('act.ours.text'), value: found.note === '' ? say('act.ours.noText') : found.note },
          ]}
        />
      )}
      <p>{say('act.ours.warning')}</p>
    </ReasonedAct>
  )
}

function DecideNotSent({ detail: { row } }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  return (
    <ReasonedAct
      channel="row.decideNotSent"
      rowId={row.rowId}
      label={say('act.decide')}
      confirm={say('act.decideConfirm', { amount: row.amount })}
      button={{ variant: 'subtle', color: 'red', size: 'compact-sm', className: styles.inlineButton ?? '' }}
      danger
    >
      <p>{say('act.decideBody')}</p>
    </ReasonedAct>
  )
}

function ConfirmPayout({ detail: { row } }: { readonly detail: RowDetail }) {
  const say = useWords('ui')
  return (
    <ReasonedAct
      channel="row.confirmPayout"
      rowId={row.rowId}
      label={say('payout.act')}
      confirm={say('payout.confirm', { amount: row.amount })}
      button={{ variant: 'light' }}
    >
      <p>{say('payout.body')}</p>
    </ReasonedAct>
  )
}
