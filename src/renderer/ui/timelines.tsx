import { IconArrowBackUp, IconEqual, IconEqualNot } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { subtractWon, type Won } from '../../domain/money'
import { useLanguage, useWords } from '../i18n'
import { Amount } from './amount'
import { whenText } from './formats'
import { useSourceWord } from './source-word'
import {
  oddKeys,
  takenBackKeys,
  timelineRows,
  timelineSum,
  type TimelineEntry,
  type TimelineRow,
} from './timeline-rows'
import { useNow } from './use-now'
import styles from './timelines.module.css'
import { When } from './when'

interface TimelinesProps {
  readonly ours: readonly TimelineEntry[]
  readonly theirs: readonly TimelineEntry[]
  /** When the PG's side was read, null when never. */
  readonly snapshotAtMs: number | null
  /** Totals where a side states one of its own; else the sum of its events. */
  readonly ourTotal?: Won
  readonly pgTotal?: Won
  /** Stands beside the event without a partner and says why. */
  readonly oddSentence?: ReactNode
  /** Key of the event that the sentence is about; without it, the first that has no partner. */
  readonly tellOdd?: string
}

/** Two columns of events, time downwards; pairs are joined by a line, an odd one stands out in violet. */
export function Timelines({ ours, theirs, snapshotAtMs, ourTotal, pgTotal, oddSentence, tellOdd }: TimelinesProps) {
  const say = useWords('ui')
  const language = useLanguage()
  const nowMs = useNow()
  const rows = timelineRows(ours, theirs)
  const ourSum = ourTotal ?? timelineSum(ours)
  const pgSum = pgTotal ?? timelineSum(theirs)
  const difference = subtractWon(ourSum, pgSum)
  const odd = oddKeys(ours, theirs)
  const takenBack = takenBackKeys(ours, theirs)
  const isOdd = (entry: TimelineEntry | null): boolean => entry !== null && odd.has(entry.key)
  const markOf = (entry: TimelineEntry | null): Mark | null => {
    if (isOdd(entry)) return 'odd'
    return entry !== null && takenBack.has(entry.key) ? 'taken-back' : null
  }
  const told = rows.findIndex((row) =>
    tellOdd === undefined ? isOdd(row.ours) || isOdd(row.theirs) : holds(row, tellOdd),
  )
  return (
    <div className={styles.timelines} role="table" aria-label={say('timelines.label')}>
      <div className={styles.row} role="row">
        <div className={styles.head} role="columnheader">
          <h3>{say('timelines.ours')}</h3>
        </div>
        <div aria-hidden className={styles.gutter} />
        <div className={styles.head} role="columnheader">
          <h3>{say('timelines.theirs')}</h3>
          <span className={styles.soft}>
            {snapshotAtMs === null
              ? say('timelines.noSnapshot')
              : say('timelines.snapshot', { when: whenText(snapshotAtMs, nowMs, language) })}
          </span>
        </div>
      </div>
      {rows.length === 0 ? (
        <div className={styles.row} role="row">
          <div role="cell" className={styles.none}>
            {say('timelines.empty')}
          </div>
          <div aria-hidden className={styles.gutter} />
          <div role="cell" className={styles.none}>
            {say('timelines.empty')}
          </div>
        </div>
      ) : null}
      {rows.map((row, index) => {
        const pair = row.ours !== null && row.theirs !== null
        const sentence = index === told ? oddSentence : undefined
        const quiet = markOf(row.ours) === 'taken-back' || markOf(row.theirs) === 'taken-back'
        return (
          <div className={styles.row} role="row" key={`${row.ours?.key ?? ''}|${row.theirs?.key ?? ''}`}>
            <Side
              entry={row.ours}
              mark={markOf(row.ours)}
              quiet={quiet}
              sentence={row.ours === null ? sentence : undefined}
            />
            <div aria-hidden className={styles.gutter} data-pair={pair || undefined} />
            <Side
              entry={row.theirs}
              mark={markOf(row.theirs)}
              quiet={quiet}
              sentence={row.theirs === null ? sentence : undefined}
            />
          </div>
        )
      })}
      <div className={styles.row} role="row">
        <Sum value={ourSum} />
        <div aria-hidden className={styles.gutter} />
        <Sum value={pgSum} />
      </div>
      <div className={styles.row} role="row">
        <div role="cell" className={styles.difference} data-same={difference === 0 || undefined}>
          {difference === 0 ? (
            <>
              <IconEqual size={18} stroke={2} aria-hidden />
              <span>{say('timelines.same')}</span>
            </>
          ) : (
            <>
              <IconEqualNot size={18} stroke={2} aria-hidden />
              <span>{say('timelines.difference')}</span>
              <Amount value={difference} sign="difference" strong />
            </>
          )}
        </div>
      </div>
    </div>
  )
}

function holds(row: TimelineRow, key: string): boolean {
  return row.ours?.key === key || row.theirs?.key === key
}

type Mark = 'odd' | 'taken-back'

interface SideProps {
  readonly entry: TimelineEntry | null
  readonly mark: Mark | null
  /** The line holds what was taken back: nothing is missing on the other side of it. */
  readonly quiet: boolean
  readonly sentence: ReactNode
}

/** One event, or the empty place of a missing partner with the sentence that says why. */
function Side({ entry, mark, quiet, sentence }: SideProps) {
  const say = useWords('ui')
  const sourceWord = useSourceWord()
  if (entry === null && quiet) return <div role="cell" />
  if (entry === null) {
    return (
      <div role="cell" className={styles.missing}>
        {sentence}
      </div>
    )
  }
  if (mark === 'taken-back') {
    return (
      <div role="cell" className={styles.takenBack}>
        <IconArrowBackUp size={14} stroke={2} aria-hidden />
        <span className={styles.takenBackWords}>
          {say('timelines.takenBack')} · <When atMs={entry.atMs} /> · {sourceWord(entry.source)}
        </span>
        <Amount value={entry.amount} />
      </div>
    )
  }
  return (
    <div role="cell" className={styles.event} data-mark={mark ?? undefined}>
      <div className={styles.line}>
        <When atMs={entry.atMs} />
        <Amount value={entry.amount} strong />
      </div>
      <div className={styles.soft}>{sourceWord(entry.source)}</div>
      {entry.note === '' ? null : <div className={styles.note}>{entry.note}</div>}
      {mark === null ? null : (
        <div className={styles.mark}>
          <IconEqualNot size={14} stroke={2} aria-hidden />
          {say('timelines.odd')}
        </div>
      )}
    </div>
  )
}

function Sum({ value }: { readonly value: Won }) {
  const say = useWords('ui')
  return (
    <div role="cell" className={styles.sum}>
      <span className={styles.soft}>{say('timelines.sum')}</span>
      <Amount value={value} strong />
    </div>
  )
}
