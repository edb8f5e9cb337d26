import { PAYMENT_METHODS } from '../../payment'
import { PG_KINDS } from '../../pg'
import type { Rule } from '../rule'

/** Hold at every PG, whatever the interface. */
export const GENERAL_RULES: readonly Rule[] = [
  {
    id: 'general/unknown-provider-account',
    kind: 'unknown-provider',
    pgs: PG_KINDS,
    providers: 'unknown',
    methods: ['virtual-account'],
    severity: 'error',
    // Which code that PG reads as which bank is not known, and a wrong guess pays a stranger.
    source: 'own rule: no account is paid over a PG whose bank codes are not known',
    confidence: 'own',
    overridable: false,
  },
  {
    id: 'general/unknown-provider',
    kind: 'unknown-provider',
    pgs: PG_KINDS,
    providers: 'unknown',
    methods: ['card', 'transfer', 'mobile', 'easy-pay', 'other'],
    severity: 'warning',
    source: 'own rule: a PG without rules deserves a look',
    confidence: 'own',
    overridable: true,
  },
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
    id: 'general/tax-free-part',
    kind: 'tax-free-part',
    pgs: PG_KINDS,
    methods: PAYMENT_METHODS,
    severity: 'error',
    source: 'docs: cancel APIs, the tax-free part is a part of the amount',
    confidence: 'official',
    overridable: false,
  },
]
