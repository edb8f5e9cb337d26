import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { PaymentId } from '../../../domain/ids'
import { useWords } from '../../i18n'
import { useScreen } from '../../ui/navigation'
import { Page, PageHeader } from '../../ui/page-header'
import { PanelTable } from '../../ui/panel-table'
import { PaymentPanel } from './payment-panel'
import { Results } from './results'
import styles from './search.module.css'

/** Long enough that a word being typed is one search, short enough to feel at once. */
const REST_MS = 120

/** Payments by a part of an order number, a payment number or a product, by an amount, or by a buyer's whole name. */
export function SearchScreen() {
  const say = useWords('search')
  const screen = useScreen('search')
  const asked = screen?.paymentId ?? null
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(screen?.text ?? '')
  const [rested] = useDebouncedValue(text, REST_MS)
  const [open, setOpen] = useState<PaymentId | null>(asked)
  useEffect(() => {
    // After the frame has put the focus on the new screen's title.
    const frame = requestAnimationFrame(() => box.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  // Another payment may be asked for while the screen is open.
  const [lastAsked, setLastAsked] = useState(asked)
  if (lastAsked !== asked) {
    setLastAsked(asked)
    if (asked !== null) setOpen(asked)
  }
  const clear = (): void => {
    setText('')
    box.current?.focus()
  }
  return (
    <Page wide>
      <PageHeader title={say('title')} />
      <TextInput
        ref={box}
        className={styles.box}
        type="search"
        aria-label={say('box.label')}
        placeholder={say('box.placeholder')}
        description={say('box.hint')}
        inputWrapperOrder={['input', 'description']}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        rightSection={text === '' ? null : <CloseButton size="sm" aria-label={say('box.clear')} onClick={clear} />}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <PanelTable
        panel={open === null ? null : <PaymentPanel key={open} paymentId={open} onClose={() => setOpen(null)} />}
      >
        <Results
          text={(text === '' ? '' : rested).trim()}
          open={open}
          onOpen={(payment) => setOpen(payment.paymentId)}
          onActive={(payment) => {
            if (open !== null) setOpen(payment.paymentId)
          }}
          onClear={clear}
        />
      </PanelTable>
    </Page>
  )
}
