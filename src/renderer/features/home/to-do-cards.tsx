import { Button } from '@mantine/core'
import {
  IconBooks,
  IconCalendarExclamation,
  IconCashOff,
  IconEqualNot,
  IconFileImport,
  IconInbox,
  IconListCheck,
  IconQuestionMark,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { useGo } from '../../ui/navigation'
import type { Tone } from '../../ui/state-badge'
import styles from './home.module.css'
import type { ToDo, ToDoKind } from './to-dos'

const MARKS: Readonly<Record<ToDoKind, { readonly icon: Icon; readonly tone: Tone }>> = {
  needsLook: { icon: IconQuestionMark, tone: 'amber' },
  drift: { icon: IconEqualNot, tone: 'violet' },
  payoutFailed: { icon: IconCashOff, tone: 'red' },
  overdue: { icon: IconCalendarExclamation, tone: 'amber' },
  awaitingApproval: { icon: IconInbox, tone: 'blue' },
  failed: { icon: IconX, tone: 'red' },
  followUps: { icon: IconListCheck, tone: 'amber' },
  unsubmitted: { icon: IconBooks, tone: 'grey' },
  drafts: { icon: IconFileImport, tone: 'grey' },
}

/** One card for each kind of work, with one verb; the first card's is the filled one. */
export function ToDoCards({ toDos }: { readonly toDos: readonly ToDo[] }) {
  return (
    <ul className={styles.cards}>
      {toDos.map((toDo, index) => (
        <Card key={toDo.kind} toDo={toDo} first={index === 0} />
      ))}
    </ul>
  )
}

function Card({ toDo, first }: { readonly toDo: ToDo; readonly first: boolean }) {
  const say = useWords('home')
  const go = useGo()
  const { icon: Glyph, tone } = MARKS[toDo.kind]
  return (
    <li className={styles.card}>
      <span className={styles.cardIcon} data-tone={tone}>
        <Glyph size={18} stroke={2} aria-hidden />
      </span>
      <div className={styles.cardWords}>
        <h2>{say(`${toDo.kind}.word`)}</h2>
        <p className={styles.soft}>{say(`${toDo.kind}.sentence`)}</p>
      </div>
      <p className={styles.pile}>
        <span>{say(PILE_WORDS[toDo.kind], { count: toDo.count })}</span>
        {toDo.amount === null ? null : <Amount value={toDo.amount} />}
      </p>
      <Button variant={first ? 'filled' : 'default'} onClick={() => go(toDo.screen)}>
        {say(`${toDo.kind}.verb`)}
      </Button>
    </li>
  )
}

const PILE_WORDS = {
  needsLook: 'pile.rows',
  drift: 'pile.rows',
  payoutFailed: 'pile.rows',
  overdue: 'pile.rows',
  awaitingApproval: 'pile.batches',
  failed: 'pile.rows',
  followUps: 'pile.rows',
  unsubmitted: 'pile.batches',
  drafts: 'drafts.count',
} as const satisfies Record<ToDoKind, string>
