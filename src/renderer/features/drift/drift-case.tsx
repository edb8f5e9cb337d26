import { Button } from '@mantine/core'
import { IconAlertTriangle, IconEqualNot } from '@tabler/icons-react'
import type { DriftView } from '../../../contract/drift'
import type { DriftCaseId } from '../../../domain/ids'
import { problemOf, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { Amount } from '../../ui/amount'
import { Facts } from '../../ui/facts'
import { whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { ScrollRegion } from '../../ui/scroll-region'
import { Tag } from '../../ui/state-badge'
import { oddKeys } from '../../ui/timeline-rows'
import { Timelines } from '../../ui/timelines'
import { useNow } from '../../ui/use-now'
import { CaseActs } from './case-acts'
import { restsOnBaseline, whyOf } from './drift-facts'
import styles from './drift.module.css'

export interface Settled {
  readonly how: 'adopted' | 'dismissed'
  readonly orderNo: string
}

interface DriftCaseProps {
  readonly caseId: DriftCaseId
  readonly onNext: () => void
  readonly onSettled: (settled: Settled) => void
}

/** One difference told as a story: why, both records side by side, what it means, what to do. */
export function DriftCase({ caseId, onNext, onSettled }: DriftCaseProps) {
  const say = useWords('drift')
  const found = useRead('drift.get', { caseId }, { topics: ['drift', 'payments'] })
  if (found.error !== null) return <ProblemAlert problem={problemOf(found.error)} />
  const view = found.data?.caseId === caseId ? found.data : undefined
  return (
    <section className={styles.case} aria-label={say('case.label')} aria-busy={view === undefined}>
      {view === undefined ? null : (
        <>
          <CaseBody view={view} />
          {view.state === 'open' ? <CaseActs view={view} onNext={onNext} onSettled={onSettled} /> : null}
        </>
      )}
    </section>
  )
}

function CaseBody({ view }: { readonly view: DriftView }) {
  const say = useWords('drift')
  const state = useWords('state')
  const language = useLanguage()
  const go = useGo()
  // Then the empty place beside the odd entry is where the reason belongs.
  const odd = oddKeys(view.ours, view.theirs)
  const tellOdd = [view.oddOurs, view.oddTheirs].find((key) => key !== null && odd.has(key))
  return (
    <ScrollRegion className={styles.caseBody} label={view.orderNo}>
      <div className={styles.caseHead}>
        <IconEqualNot size={20} stroke={2} aria-hidden className={styles.glyph} />
        <div>
          <h2>
            <WhySentence view={view} />
          </h2>
          {typeof tellOdd === 'string' ? null : <p className={styles.soft}>{say(`why.${view.kind}.hint`)}</p>}
        </div>
        {view.state === 'open' ? null : <Tag tone="grey">{state(`driftState.${view.state}`)}</Tag>}
      </div>
      {view.settledReason === null ? null : (
        <Facts
          items={[
            { label: say('case.settledBy'), value: view.settledBy ?? '' },
            { label: say('case.settledReason'), value: view.settledReason },
          ]}
        />
      )}
      <Timelines
        ours={view.ours}
        theirs={view.theirs}
        snapshotAtMs={view.snapshotAtMs}
        ourTotal={view.ourTotal}
        pgTotal={view.pgTotal}
        {...(typeof tellOdd === 'string' ? { tellOdd, oddSentence: say(`why.${view.kind}.hint`) } : {})}
      />
      <SignInWords view={view} />
      {restsOnBaseline(view) ? (
        <Notice tone="amber" icon={IconAlertTriangle}>
          {say('case.notIndependent')}
        </Notice>
      ) : null}
      <Facts
        items={[
          { label: say('case.order'), value: view.orderNo },
          { label: say('case.pgKey'), value: view.pgKey },
          { label: say('case.paid'), value: <Amount value={view.paid} /> },
          {
            label: say('case.method'),
            value: `${state(`method.${view.method}`)} · ${providerName(view.provider, language)}`,
          },
          { label: say('case.buyer'), value: view.buyerMasked },
        ]}
      />
      <Button
        variant="default"
        size="compact-sm"
        className={styles.alone}
        onClick={() => go({ name: 'search', paymentId: view.paymentId })}
      >
        {say('case.openPayment')}
      </Button>
    </ScrollRegion>
  )
}

function WhySentence({ view }: { readonly view: DriftView }) {
  const say = useWords('drift')
  const language = useLanguage()
  const nowMs = useNow()
  const why = whyOf(view)
  if ('atMs' in why) return say(why.key, { amount: why.amount, at: whenText(why.atMs, nowMs, language) })
  if ('ours' in why) return say(why.key, { ours: why.ours, theirs: why.theirs })
  return say(why.key, { amount: why.amount })
}

/** The signed difference of the two sums, said in words: who has cancelled more. */
function SignInWords({ view }: { readonly view: DriftView }) {
  const say = useWords('drift')
  const difference = view.ourTotal - view.pgTotal
  if (difference === 0) return view.state === 'open' ? <p>{say('difference.zero')}</p> : null
  return <p>{say(difference < 0 ? 'difference.pgMore' : 'difference.oursMore', { amount: Math.abs(difference) })}</p>
}
