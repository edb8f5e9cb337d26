import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import type { RowDetail } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Amount, Count } from '../../ui/amount'
import { Facts } from '../../ui/facts'
import { ScrollRegion } from '../../ui/scroll-region'
import { AttemptStateBadge } from '../../ui/state-badge'
import { When } from '../../ui/when'
import styles from './batches.module.css'

type AttemptView = RowDetail['attempts'][number]
type Evidence = AttemptView['evidence'][number]

/** Every attempt of a row, the newest first, each with what is known of it in order of time. */
export function Attempts({ attempts }: { readonly attempts: RowDetail['attempts'] }) {
  const say = useWords('batches')
  return (
    <section className={styles.attempts}>
      <h3>{say('attempts.title')}</h3>
      {attempts.length === 0 ? <p className={styles.soft}>{say('attempts.none')}</p> : null}
      {attempts
        .map((attempt, index) => <AttemptBlock key={attempt.attemptId} attempt={attempt} number={index + 1} />)
        .toReversed()}
    </section>
  )
}

function AttemptBlock({ attempt, number }: { readonly attempt: AttemptView; readonly number: number }) {
  const say = useWords('batches')
  return (
    <article className={styles.attempt}>
      <div className={styles.attemptHead}>
        <span>{say('attempts.number', { number })}</span>
        <AttemptStateBadge state={attempt.state} />
        <span className={styles.soft}>{say('attempts.tag', { tag: attempt.tag })}</span>
      </div>
      <Facts
        items={[
          { label: say('attempts.checksum'), value: <Amount value={attempt.checksum} /> },
          ...(attempt.pgBalance === null
            ? []
            : [{ label: say('attempts.pgBalance'), value: <Amount value={attempt.pgBalance} /> }]),
          { label: say('attempts.historyLength'), value: <Count value={attempt.historyLength} /> },
        ]}
      />
      <ol className={styles.evidence}>
        {attempt.evidence.map((event, index) => (
          // Evidence is only ever added at the end, and two events may share an instant.
          // oxlint-disable-next-line react/no-array-index-key
          <EvidenceLine key={index} event={event} />
        ))}
      </ol>
    </article>
  )
}

function EvidenceLine({ event }: { readonly event: Evidence }) {
  const say = useWords('batches')
  const [shown, setShown] = useState(false)
  const id = useId()
  return (
    <li data-state={event.state}>
      <div className={styles.soft}>
        <When atMs={event.atMs} seconds />
        {event.httpStatus === null ? null : ` · ${say('attempts.httpStatus', { status: String(event.httpStatus) })}`}
      </div>
      <p>{say(`evidence.${event.what}`)}</p>
      {event.pgMessage === null || event.pgMessage === '' ? null : (
        <p className={styles.said}>
          {say('attempts.pgMessage')}: {event.pgMessage}
        </p>
      )}
      {event.transcript === null ? null : (
        <>
          <Button
            variant="subtle"
            size="compact-xs"
            className={styles.inlineButton}
            aria-expanded={shown}
            aria-controls={id}
            onClick={() => setShown(!shown)}
          >
            {say(shown ? 'attempts.hideOriginal' : 'attempts.original')}
          </Button>
          {shown ? (
            <div id={id}>
              <ScrollRegion className={styles.original} label={say('attempts.originalLabel')}>
                <pre>{event.transcript}</pre>
              </ScrollRegion>
            </div>
          ) : null}
        </>
      )}
    </li>
  )
}
