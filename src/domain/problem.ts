/**
 * Every expected trouble of the program, by code. The code is also the i18n key (`problem.<code>`), where the sentence
 * says what happened, why as far as known, and what to do now. The number is what a user quotes to support.
 */
export const PROBLEM_NUMBERS = {
  // Files (100)
  'file-too-large': 101,
  'file-empty': 102,
  'file-not-text': 103,
  'file-encoding-broken': 104,
  'file-malformed-csv': 105,
  'file-too-many-rows': 106,
  'file-too-many-columns': 107,
  'file-field-too-long': 108,
  'file-header-missing-column': 109,
  'file-header-duplicate-column': 110,
  'file-imported-before': 111,
  'file-wrong-kind': 113,
  'file-not-saved': 114,
  'file-spreadsheet': 115,
  'file-not-notices': 116,
  // Cells of a refund row (200)
  'amount-missing': 201,
  'amount-unreadable': 202,
  'amount-not-positive': 203,
  'amount-too-large': 204,
  'amount-over-promisable': 205,
  'payment-missing': 210,
  'payment-unknown': 211,
  'payment-ambiguous': 212,
  'payment-mismatch': 213,
  'payment-not-paid': 214,
  'payment-fully-cancelled': 215,
  'payment-foreign-currency': 216,
  'payment-promotion': 217,
  'payment-escrow': 218,
  'payment-sandbox': 219,
  'payment-blocked-open-attempt': 220,
  'payment-notice-stops': 221,
  'payment-notice-unplaced': 222,
  'duplicate-returned': 223,
  'payment-changed': 224,
  'account-missing': 230,
  'account-digits-lost': 231,
  'account-zeros-suspicious': 232,
  'account-unreadable': 233,
  'account-too-long': 234,
  'account-length-unusual': 235,
  'account-bank-alike': 236,
  'account-not-used': 237,
  'bank-missing': 240,
  'bank-unknown': 241,
  'bank-ambiguous': 242,
  'bank-not-at-pg': 243,
  'holder-missing': 250,
  'holder-too-long': 251,
  'phone-missing': 260,
  'phone-unreadable': 261,
  'reason-too-long': 270,
  'text-unsafe-character': 271,
  'text-resident-number': 272,
  'text-broken-encoding': 273,
  'text-corrected': 274,
  'tax-free-unreadable': 280,
  'tax-free-over-amount': 281,
  'tax-free-required': 282,
  'vat-unreadable': 283,
  'vat-over-amount': 284,
  'duplicate-in-file': 290,
  'duplicate-in-batches': 291,
  'duplicate-refunded': 293,
  'duplicates-unconfirmed': 294,
  'row-too-many-cells': 292,
  'date-unreadable': 295,
  'kind-unreadable': 296,
  // Lines of a PG's notifications
  'notice-unreadable': 297,
  'notice-unknown-merchant': 298,
  'notice-without-row': 299,
  // Rules of a PG (300)
  'rule-method-not-refundable': 301,
  'rule-mobile-month': 302,
  'rule-partial-not-allowed': 303,
  'rule-night-window': 304,
  'rule-partial-count': 305,
  'rule-unknown-provider': 306,
  'rule-refund-age': 307,
  'rule-cancel-elsewhere': 308,
  'rule-escrow-status-change': 309,
  'rule-service-missing': 310,
  'rule-month-unconfirmed': 311,
  'rule-partial-contract': 312,
  'rule-vat-on-partial': 313,
  'rule-tax-free-on-partial': 314,
  'rule-tax-not-sent': 315,
  'rule-basket-needed': 316,
  'rule-basket-not-sent': 317,
  'vat-required': 318,
  'holder-bytes-too-long': 319,
  'text-refused-character': 320,
  'basket-unreadable': 321,
  'basket-item-too-long': 322,
  'rule-overridden': 329,
  // Comparison with the PG (400)
  'drift-balance-differs': 401,
  'row-took-effect': 402,
  'pg-payment-not-found': 403,
  'drift-reservation-held': 404,
  'drift-already-settled': 405,
  'drift-over-paid': 406,
  'drift-not-adoptable': 407,
  // Talking to a PG (500)
  'pg-offline': 501,
  'pg-refused-keys': 502,
  'pg-odd-answer': 503,
  'pg-timeout': 504,
  'pg-busy': 505,
  'pg-keys-missing': 506,
  'pg-refused-refund': 507,
  'pg-refusal-unproven': 508,
  'pg-answer-lost': 509,
  'pg-look-up-closed': 510,
  'pg-merchant-missing': 511,
  'pg-day-passed': 512,
  'payout-failed': 513,
  'notice-for-open-row': 514,
  'notice-contradicts': 515,
  // Approval and people (600)
  'sign-in-required': 601,
  'role-missing': 602,
  'pin-wrong': 603,
  'pin-locked': 604,
  'approver-is-maker': 605,
  'content-changed': 606,
  'batch-wrong-state': 607,
  'batch-empty': 608,
  'batch-has-blocked-rows': 610,
  'approval-expired': 611,
  'pin-too-weak': 612,
  'name-missing': 613,
  'name-taken': 614,
  'prompt-expired': 615,
  'batch-not-own': 616,
  // The program itself (700)
  cancelled: 701,
  'not-found': 702,
  'ipc-refused-sender': 703,
  'ipc-refused-input': 704,
  'ledger-damaged': 705,
  'ledger-newer': 706,
  'ledger-wrong-mode': 707,
  'ledger-key-wrong': 708,
  'ledger-in-use': 709,
  'disk-full': 710,
  'core-stopped': 711,
  'live-refused-runtime': 712,
  'live-refused-keyring': 713,
  'reason-missing': 714,
  'busy-already': 715,
  'not-in-this-mode': 716,
  'holiday-closed-already': 717,
  'channels-full': 718,
  'merchant-taken': 719,
  'rule-unknown': 720,
  'rule-not-overridable': 721,
  'channel-has-payments': 722,
  'channel-name-taken': 723,
  'ledger-quarantined': 730,
  'ledger-restored': 731,
  'backup-failed': 732,
  'quarantine-not-compared': 733,
  'quarantine-ended': 734,
  'backup-unsound': 735,
  unexpected: 799,
} as const

export type ProblemCode = keyof typeof PROBLEM_NUMBERS

export const PROBLEM_CODES = Object.keys(PROBLEM_NUMBERS) as readonly ProblemCode[]

/** Values for the sentence's places. Never an account, a phone number, a name or a secret. */
export type ProblemValues = Readonly<Record<string, string | number>>

export interface Problem {
  readonly code: ProblemCode
  readonly values?: ProblemValues
}

export function problem(code: ProblemCode, values?: ProblemValues): Problem {
  return values === undefined ? { code } : { code, values }
}

/** `error` blocks a row; `warning` is shown and must be seen; `note` tells of a correction, before -> after. */
export type Severity = 'error' | 'warning' | 'note'

/** The columns that a refund file may have; also the i18n key of a column's name (`column.<key>`). */
export const REFUND_COLUMNS = [
  'orderNo',
  'paymentKey',
  'amount',
  'bank',
  'account',
  'holder',
  'phone',
  'reason',
  'taxFree',
  'vat',
  'basket',
] as const
export type RefundColumn = (typeof REFUND_COLUMNS)[number]

/** A problem with its place: the column it stands in, null for the whole row. */
export interface RowProblem extends Problem {
  readonly severity: Severity
  readonly column: RefundColumn | null
}
