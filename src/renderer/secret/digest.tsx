import type { ReactNode } from 'react'
import type { ApprovalDigest } from '../../contract/secret'
import { PAYMENT_METHODS } from '../../domain/payment'
import { PROBLEM_CODES } from '../../domain/problem'
import { useLanguage, useWords } from '../i18n'
import { problemHeadline } from '../i18n/problem-sentence'
import { Amount } from '../ui/amount'
import { Facts } from '../ui/facts'
import { whenText } from '../ui/formats'
import { PlainTable, type PlainColumn } from '../ui/plain-table'
import { When } from '../ui/when'
import { useNow } from '../ui/use-now'
import styles from './secret.module.css'

/** How much, what is unusual before the eye tires, to whom, from what. */
export function Digest({ digest }: { readonly digest: ApprovalDigest }) {
  const say = useWords('secret')
  return (
    <>
      <Part title={say('approve.howMuch')}>
        <p className={styles.total}>
          {say('approve.rows', { count: digest.rows })} <Amount value={digest.amount} />
        </p>
        <p className={styles.inWords} lang="ko">
          {digest.amountInWords}
        </p>
      </Part>
      <Part title={say('approve.unusual')}>
        <Unusual digest={digest} />
      </Part>
      <Part title={say('approve.toWhom')}>
        <ToWhom digest={digest} />
      </Part>
      <Part title={say('approve.from')}>
        <FromWhat digest={digest} />
      </Part>
    </>
  )
}

type LargestRow = ApprovalDigest['largest'][number] & { readonly index: number }

function useLargestColumns(): readonly PlainColumn<LargestRow>[] {
  const say = useWords('secret')
  return [
    { id: 'order', title: say('approve.order'), cell: (row) => row.orderNo },
    { id: 'amount', title: say('approve.amount'), align: 'right', cell: (row) => <Amount value={row.amount} /> },
    {
      id: 'account',
      title: say('approve.account'),
      flex: true,
      cell: (row) =>
        row.bankName === null
          ? say('approve.samePayment')
          : [row.bankName, row.accountMasked, row.holderMasked].filter((part) => part !== null).join(' '),
    },
  ]
}

function ToWhom({ digest }: { readonly digest: ApprovalDigest }) {
  const say = useWords('secret')
  const state = useWords('state')
  const columns = useLargestColumns()
  const methodWord = (method: string): string => {
    const known = PAYMENT_METHODS.find((one) => one === method)
    return known === undefined ? method : state(`method.${known}`)
  }
  return (
    <>
      <ul className={styles.methods}>
        {digest.byMethod.map(({ method, rows, amount }) => (
          <li key={method}>
            {say('approve.byMethod', { method: methodWord(method), count: rows })} <Amount value={amount} />
          </li>
        ))}
      </ul>
      <PlainTable
        label={say('approve.largest')}
        rows={digest.largest.map((row, index) => ({ ...row, index }))}
        rowKey={(row) => String(row.index)}
        columns={columns}
      />
    </>
  )
}

function FromWhat({ digest }: { readonly digest: ApprovalDigest }) {
  const say = useWords('secret')
  const language = useLanguage()
  const nowMs = useNow()
  const { check } = digest
  return (
    <Facts
      items={[
        { label: say('approve.channels'), value: <Channels digest={digest} /> },
        { label: say('approve.batch'), value: digest.batchName },
        { label: say('approve.maker'), value: digest.makerName },
        { label: say('approve.submittedAt'), value: <When atMs={digest.submittedAtMs} /> },
        {
          label: say('approve.check'),
          value:
            check === null
              ? say('approve.checkNever')
              : say('approve.checkedAt', {
                  when: whenText(check.atMs, nowMs, language),
                  pass: check.willPass,
                  blocked: check.blocked,
                  drift: check.drift,
                }),
        },
        { label: say('approve.hash'), value: <Fingerprint hash={digest.contentHash} /> },
      ]}
    />
  )
}

/** Whose money it is: one line for each merchant account. */
function Channels({ digest: { byChannel } }: { readonly digest: ApprovalDigest }) {
  const say = useWords('secret')
  const state = useWords('state')
  return (
    <ul className={styles.channels}>
      {byChannel.map(({ name, pg, rows, amount }) => (
        <li key={name}>
          {say('approve.channel', { name, pg: state(`pg.${pg}`), count: rows })} <Amount value={amount} />
        </li>
      ))}
    </ul>
  )
}

/** Warnings of the rows, an unchecked batch, and how many refunds give back everything. */
function Unusual({ digest }: { readonly digest: ApprovalDigest }) {
  const say = useWords('secret')
  const language = useLanguage()
  const lines: readonly { readonly key: string; readonly text: string; readonly odd: boolean }[] = [
    ...(digest.check === null ? [{ key: 'check', text: say('approve.checkNever'), odd: true }] : []),
    ...digest.warnings.map(({ what, rows }) => ({
      key: what,
      text: say('approve.warning', { what: headline(what), count: rows }),
      odd: true,
    })),
    ...(digest.fullRefunds > 0
      ? [{ key: 'full', text: say('approve.fullRefunds', { count: digest.fullRefunds }), odd: false }]
      : []),
    ...(digest.partialRefunds > 0
      ? [{ key: 'part', text: say('approve.partialRefunds', { count: digest.partialRefunds }), odd: false }]
      : []),
  ]
  return (
    <>
      {lines.some((line) => line.odd) ? null : <p>{say('approve.unusualNone')}</p>}
      <ul className={styles.unusual}>
        {lines.map((line) => (
          <li key={line.key} data-odd={line.odd || undefined}>
            {line.text}
          </li>
        ))}
      </ul>
    </>
  )

  /** A warning is a problem's code; a code that this version does not know is shown as it is. */
  function headline(what: string): string {
    const code = PROBLEM_CODES.find((one) => one === what)
    return code === undefined ? what : problemHeadline(code, language)
  }
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** Shortened to one line; the whole shows while it is pointed at or focused, and is what a copy takes. */
function Fingerprint({ hash }: { readonly hash: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without a mouse the whole is reached by focus
    <code className={styles.hash} tabIndex={0} title={hash}>
      {hash}
    </code>
  )
}
