import { useMemo, useState } from 'react'
import type { PaymentSummary } from '../../../contract/views'
import type { PaymentId } from '../../../domain/ids'
import { subtractWon } from '../../../domain/money'
import { call } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { Amount } from '../../ui/amount'
import { BalanceBar } from '../../ui/balance-bar'
import { EmptyState } from '../../ui/empty-state'
import { useGo } from '../../ui/navigation'
import { PagedTable } from '../../ui/paged-table'
import type { TableColumn } from '../../ui/table-columns'
import { When } from '../../ui/when'
import { PaymentStatusTag } from './payment-status-tag'
import { wasPaid } from './search-facts'
import styles from './search.module.css'

interface ResultsProps {
  /** Empty lists the newest. */
  readonly text: string
  readonly open: PaymentId | null
  readonly onOpen: (payment: PaymentSummary) => void
  readonly onActive: (payment: PaymentSummary) => void
  readonly onClear: () => void
}

/** The payments found, with how many they are. */
export function Results({ text, open, onOpen, onActive, onClear }: ResultsProps) {
  const say = useWords('search')
  const go = useGo()
  const [found, setFound] = useState<number | null>(null)
  return (
    <div className={styles.results}>
      <p className={styles.soft} role="status">
        {found === null || found === 0 ? '' : say(text === '' ? 'results.newest' : 'results.found', { count: found })}
      </p>
      <PagedTable
        name="payments"
        label={say('results.label')}
        columns={usePaymentColumns()}
        queryKey={['payment.search', text]}
        topics={['payments', 'drift']}
        load={async (offset, limit) => {
          const page = await call('payment.search', { text, offset, limit })
          setFound(page.total)
          return page
        }}
        rowKey={(payment) => payment.paymentId}
        openKey={open}
        onOpen={onOpen}
        onActive={onActive}
        empty={
          text === '' ? (
            <EmptyState
              sentence={say('results.noPayments')}
              action={{ label: say('results.toSync'), onClick: () => go({ name: 'drift' }) }}
            />
          ) : (
            <EmptyState
              sentence={say('results.none', { text })}
              action={{ label: say('results.clearSearch'), onClick: onClear }}
            />
          )
        }
      />
    </div>
  )
}

function usePaymentColumns(): readonly TableColumn<PaymentSummary>[] {
  const say = useWords('search')
  const state = useWords('state')
  const language = useLanguage()
  return useMemo(
    () => [
      {
        id: 'state',
        title: say('results.state'),
        width: 144,
        sticky: true,
        cell: (payment) => <PaymentStatusTag payment={payment} />,
      },
      { id: 'order', title: say('results.order'), width: 168, cell: (payment) => payment.orderNo },
      {
        id: 'paid',
        title: say('results.paid'),
        width: 112,
        align: 'right',
        cell: (payment) =>
          payment.currency === 'KRW' ? <Amount value={payment.paid} unit="none" /> : payment.currency,
      },
      {
        id: 'left',
        title: say('results.left'),
        width: 104,
        align: 'right',
        cell: (payment) => {
          if (payment.currency !== 'KRW') return null
          return wasPaid(payment) ? <Amount value={payment.ledgerBalance} unit="none" /> : say('results.nothing')
        },
      },
      {
        id: 'balance',
        title: say('results.balance'),
        width: 112,
        cell: (payment) =>
          wasPaid(payment) ? (
            <BalanceBar
              compact
              whole={{ label: say('results.paid'), amount: payment.paid }}
              parts={[
                {
                  tone: 'earlier',
                  label: say('balance.refunded'),
                  amount: subtractWon(payment.paid, payment.ledgerBalance),
                },
                { tone: 'left', label: say('results.left'), amount: payment.ledgerBalance },
              ]}
            />
          ) : null,
      },
      {
        id: 'paidAt',
        title: say('results.paidAt'),
        width: 140,
        cell: (payment) => (payment.paidAtMs === null ? say('results.nothing') : <When atMs={payment.paidAtMs} />),
      },
      { id: 'buyer', title: say('results.buyer'), width: 88, cell: (payment) => payment.buyerMasked },
      { id: 'product', title: say('results.product'), width: 160, flex: true, cell: (payment) => payment.productName },
      {
        id: 'method',
        title: say('results.method'),
        width: 184,
        cell: (payment) => `${state(`method.${payment.method}`)} · ${providerName(payment.provider, language)}`,
      },
    ],
    [say, state, language],
  )
}
