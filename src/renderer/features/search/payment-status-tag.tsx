import type { PaymentSummary } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Tag, type Tone } from '../../ui/state-badge'
import { shownStatus, type ShownStatus } from './search-facts'

const TONES: Readonly<Record<ShownStatus, Tone>> = {
  drift: 'violet',
  ready: 'grey',
  paid: 'grey',
  'partly-cancelled': 'blue',
  cancelled: 'blue',
  failed: 'red',
}

/** The state of a payment in one word. */
export function PaymentStatusTag({ payment }: { readonly payment: PaymentSummary }) {
  const say = useWords('search')
  const status = shownStatus(payment)
  return <Tag tone={TONES[status]}>{say(`status.${status}`)}</Tag>
}
