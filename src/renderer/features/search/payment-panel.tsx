import { Button } from '@mantine/core'
import { IconEqualNot } from '@tabler/icons-react'
import type { PaymentView } from '../../../contract/views'
import type { PaymentId } from '../../../domain/ids'
import { subtractWon } from '../../../domain/money'
import { problemOf, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { Amount } from '../../ui/amount'
import { BalanceBar } from '../../ui/balance-bar'
import { Facts } from '../../ui/facts'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { useOpenDrift } from '../../ui/open-drift'
import { ProblemAlert } from '../../ui/problem-text'
import { SidePanel } from '../../ui/side-panel'
import { StateBadge } from '../../ui/state-badge'
import { Timelines } from '../../ui/timelines'
import { When } from '../../ui/when'
import { PaymentStatusTag } from './payment-status-tag'
import { wasPaid } from './search-facts'
import styles from './search.module.css'

/** One payment: the three balances, both records, and every refund of it from here. */
export function PaymentPanel({ paymentId, onClose }: { readonly paymentId: PaymentId; readonly onClose: () => void }) {
  const say = useWords('search')
  const found = useRead('payment.get', { paymentId }, { topics: ['payments', 'rows', 'drift'] })
  const payment = found.data?.paymentId === paymentId ? found.data : null
  return (
    <SidePanel
      title={payment === null ? say('panel.loading') : payment.orderNo}
      badges={payment === null ? null : <PaymentStatusTag payment={payment} />}
      onClose={onClose}
    >
      <ProblemAlert problem={found.error === null ? null : problemOf(found.error)} />
      {payment === null ? null : <PaymentBody payment={payment} />}
    </SidePanel>
  )
}

function PaymentBody({ payment }: { readonly payment: PaymentView }) {
  const say = useWords('search')
  const state = useWords('state')
  const language = useLanguage()
  const go = useGo()
  const openDrift = useOpenDrift()
  return (
    <div className={styles.panel}>
      {payment.drift ? (
        <Notice
          tone="violet"
          icon={IconEqualNot}
          actions={
            <Button variant="default" size="xs" onClick={() => openDrift(payment.paymentId)}>
              {say('panel.openDrift')}
            </Button>
          }
        >
          {say('panel.drift')}
        </Notice>
      ) : null}
      <Money payment={payment} />
      <Facts
        items={[
          { label: say('panel.product'), value: payment.productName },
          { label: say('panel.buyer'), value: payment.buyerMasked },
          { label: say('panel.order'), value: payment.orderNo },
          { label: say('panel.pgKey'), value: payment.pgKey },
          {
            label: say('panel.method'),
            value: `${state(`method.${payment.method}`)} · ${providerName(payment.provider, language)}`,
          },
          ...(payment.paidAtMs === null
            ? []
            : [{ label: say('panel.paidAt'), value: <When atMs={payment.paidAtMs} /> }]),
        ]}
      />
      <section className={styles.block}>
        <h3>{say('panel.timelines')}</h3>
        <Timelines ours={payment.ours} theirs={payment.theirs} snapshotAtMs={payment.snapshotAtMs} />
      </section>
      <section className={styles.block}>
        <h3>{say('panel.rows')}</h3>
        {payment.rows.length === 0 ? <p className={styles.soft}>{say('panel.noRows')}</p> : null}
        <ul className={styles.refunds}>
          {payment.rows.map((row) => (
            <li key={row.rowId}>
              <div className={styles.refundLine}>
                <StateBadge state={row.state} overdue={row.overdue} />
                <Amount value={row.amount} strong />
                <span className={styles.soft}>
                  <When atMs={row.sinceMs} />
                </span>
              </div>
              <Button
                variant="subtle"
                size="compact-sm"
                className={styles.inlineButton}
                onClick={() => go({ name: 'batch', batchId: row.batchId, rowId: row.rowId })}
              >
                {say('panel.openBatch', { line: row.line })}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Money({ payment }: { readonly payment: PaymentView }) {
  const say = useWords('search')
  if (payment.currency !== 'KRW') return <Notice>{say('panel.foreign', { currency: payment.currency })}</Notice>
  return wasPaid(payment) ? <Balances payment={payment} /> : <Notice>{say('panel.notPaid')}</Notice>
}

function Balances({ payment }: { readonly payment: PaymentView }) {
  const say = useWords('search')
  return (
    <section className={styles.block} aria-label={say('panel.balances')}>
      <BalanceBar
        whole={{ label: say('balance.paid'), amount: payment.paid }}
        parts={[
          { tone: 'earlier', label: say('balance.refunded'), amount: subtractWon(payment.paid, payment.ledgerBalance) },
          { tone: 'left', label: say('panel.ledgerBalance'), amount: payment.ledgerBalance },
        ]}
      />
      <dl className={styles.balances}>
        <div>
          <dt>{say('panel.pgBalance')}</dt>
          <dd>{payment.pgBalance === null ? say('panel.unread') : <Amount value={payment.pgBalance} />}</dd>
        </div>
        {payment.drift ? null : (
          <div>
            <dt>{say('panel.promisable')}</dt>
            <dd>
              <Amount value={payment.promisable} strong />
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
