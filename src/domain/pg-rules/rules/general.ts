import { PAYMENT_METHODS } from '../../payment'
import { PG_KINDS } from '../../pg'
import type { Rule } from '../rule'

/** Hold at every PG, whatever the interface. */
export const GENERAL_RULES: readonly Rule[] = [
  {
    id: 'general/other-method',
    kind: 'not-refundable',
    pgs: PG_KINDS,
    methods: ['other'],
    severity: 'error',
    source: 'own rule: an unknown method is shown and looked up only',
    confidence: 'own',
    overridable: false,
  },
  {
    id: 'general/tax-parts',
    kind: 'tax-parts',
    pgs: PG_KINDS,
    methods: PAYMENT_METHODS,
    severity: 'error',
    source: 'docs: cancel APIs, tax-free part and VAT are parts of the amount',
    confidence: 'official',
    overridable: false,
  },
]
