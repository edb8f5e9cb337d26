import {
  IconArrowRight,
  IconBan,
  IconCalendarExclamation,
  IconCashOff,
  IconCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconClockHour4,
  IconClockX,
  IconEqualNot,
  IconListCheck,
  IconPencil,
  IconPlayerPlay,
  IconQuestionMark,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import type { BATCH_STATES } from '../../contract/views'
import type { AttemptState, RowState } from '../../domain/attempt-state'
import { useWords } from '../i18n'
import type { WordKey } from '../i18n/resources'
import styles from './state-badge.module.css'

export type Tone = 'grey' | 'blue' | 'green' | 'red' | 'amber' | 'violet' | 'orange' | 'teal'
export type BatchState = (typeof BATCH_STATES)[number]

interface Mark {
  readonly tone: Tone
  readonly icon: Icon
  readonly word: WordKey<'state'>
}

/** Green stands for proof of a payout and for nothing else. */
const ROW_MARKS: Readonly<Record<RowState, Mark>> = {
  draft: { tone: 'grey', icon: IconPencil, word: 'row.draft' },
  waiting: { tone: 'grey', icon: IconClockHour4, word: 'row.waiting' },
  sending: { tone: 'blue', icon: IconArrowRight, word: 'row.sending' },
  'needs-look': { tone: 'amber', icon: IconQuestionMark, word: 'row.needs-look' },
  'pg-processing': { tone: 'blue', icon: IconCircleDashed, word: 'row.pg-processing' },
  accepted: { tone: 'blue', icon: IconCircleHalf2, word: 'row.accepted' },
  failed: { tone: 'red', icon: IconX, word: 'row.failed' },
  'stopped-drift': { tone: 'violet', icon: IconEqualNot, word: 'row.stopped-drift' },
  'stopped-rule': { tone: 'red', icon: IconBan, word: 'row.stopped-rule' },
  'paid-out': { tone: 'green', icon: IconCheck, word: 'row.paid-out' },
  'payout-failed': { tone: 'red', icon: IconCashOff, word: 'row.payout-failed' },
  cancelled: { tone: 'grey', icon: IconBan, word: 'row.cancelled' },
  expired: { tone: 'grey', icon: IconClockX, word: 'row.expired' },
}

const OVERDUE_MARK: Mark = { tone: 'amber', icon: IconCalendarExclamation, word: 'row.payout-overdue' }

const BATCH_MARKS: Readonly<Record<BatchState, Mark>> = {
  draft: { tone: 'grey', icon: IconPencil, word: 'batch.draft' },
  checked: { tone: 'grey', icon: IconListCheck, word: 'batch.checked' },
  submitted: { tone: 'blue', icon: IconClockHour4, word: 'batch.submitted' },
  approved: { tone: 'blue', icon: IconCircleDashed, word: 'batch.approved' },
  running: { tone: 'blue', icon: IconPlayerPlay, word: 'batch.running' },
  done: { tone: 'grey', icon: IconCheck, word: 'batch.done' },
  rejected: { tone: 'red', icon: IconX, word: 'batch.rejected' },
  withdrawn: { tone: 'grey', icon: IconBan, word: 'batch.withdrawn' },
  expired: { tone: 'grey', icon: IconClockX, word: 'batch.expired' },
}

const ATTEMPT_MARKS: Readonly<Record<AttemptState, Mark>> = {
  prepared: { tone: 'grey', icon: IconPencil, word: 'attempt.prepared' },
  sending: { tone: 'blue', icon: IconArrowRight, word: 'attempt.sending' },
  unknown: { tone: 'amber', icon: IconQuestionMark, word: 'attempt.unknown' },
  unproven: { tone: 'amber', icon: IconQuestionMark, word: 'attempt.unproven' },
  pending: { tone: 'blue', icon: IconCircleDashed, word: 'attempt.pending' },
  accepted: { tone: 'blue', icon: IconCircleHalf2, word: 'attempt.accepted' },
  rejected: { tone: 'red', icon: IconX, word: 'attempt.rejected' },
  'not-sent': { tone: 'grey', icon: IconBan, word: 'attempt.not-sent' },
  stopped: { tone: 'violet', icon: IconBan, word: 'attempt.stopped' },
}

/** State of a refund row: icon, word and tint, so that colour never speaks alone. */
export function StateBadge({ state, overdue = false }: { readonly state: RowState; readonly overdue?: boolean }) {
  return <Marked mark={overdue ? OVERDUE_MARK : ROW_MARKS[state]} />
}

/** State of a batch. */
export function BatchStateBadge({ state }: { readonly state: BatchState }) {
  return <Marked mark={BATCH_MARKS[state]} />
}

/** State of one attempt, in the evidence of a row. */
export function AttemptStateBadge({ state }: { readonly state: AttemptState }) {
  return <Marked mark={ATTEMPT_MARKS[state]} />
}

/** Any other short word on a tint; the word must say it without the colour. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  )
}

function Marked({ mark }: { readonly mark: Mark }) {
  const say = useWords('state')
  const Glyph = mark.icon
  return (
    <span className={styles.badge} data-tone={mark.tone}>
      <Glyph size={14} stroke={2} aria-hidden />
      {say(mark.word)}
    </span>
  )
}
