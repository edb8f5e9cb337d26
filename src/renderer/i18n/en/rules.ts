import type { words as korean } from '../ko/rules'
import type { EnglishOf } from '../shape'

export const words: EnglishOf<typeof korean> = {
  'rule.unknown-provider':
    'This program does not know the rules of {{provider}}. Refunds to an account are blocked; others are sent with a warning.',
  'rule.not-refundable': 'Payments of an unknown kind are not refunded from here.',
  'rule.cancel-elsewhere':
    "{{provider}}: payments by {{methods}} are not refunded from here. They are cancelled in the PG's console.",
  'rule.escrow':
    "Escrow payments are not refunded from here. Those of {{provider}} are given back in the PG's console.",
  'rule.needs-service':
    '{{provider}}: refunds of {{methods}} are open only to merchants who ordered settlement or real-time refunds.',
  'rule.needs-contract': '{{provider}}: refunds of {{methods}} need a contract with the PG. Without it the PG refuses.',
  'rule.fee':
    '{{provider}}: each refund of {{methods}} costs a fee, for example {{won}} won. The contract has the price.',
  'rule.cash-receipt-by-hand':
    '{{provider}}: a refund of {{methods}} does not cancel the cash receipt. That is done separately.',
  'rule.needs-account': '{{provider}}: refunds of {{methods}} need bank, account number and holder.',
  'rule.account-after-month':
    '{{provider}}: refunds of {{methods}} in a later month need bank, account number and holder, and a contract of its own.',
  'rule.needs-phone': '{{provider}}: refunds of {{methods}} need the phone number of the account holder.',
  'rule.bank-table': 'Refunds go only to banks that stand in the list of {{provider}}.',
  'rule.account-max': '{{provider}}: an account number has at most {{max}} digits.',
  'rule.holder-max': '{{provider}}: the account holder has at most {{max}} characters.',
  'rule.holder-bytes-max': '{{provider}}: the account holder has at most {{max}} bytes. A Korean letter takes three.',
  'rule.characters':
    '{{provider}}: holder, reason and split parts take no quotes, angle brackets, semicolons and the like, and no emoji.',
  'rule.full-only': '{{provider}}: payments by {{methods}} are refunded in full only.',
  'rule.partial-max': '{{provider}}: payments by {{methods}} take up to {{max}} partial refunds.',
  'rule.partial-contract': '{{provider}}: partial refunds of {{methods}} are open only to merchants who ordered them.',
  'rule.same-month': '{{provider}}: payments by {{methods}} are refunded only in the month of the payment.',
  'rule.month-unconfirmed':
    '{{provider}}: payments by {{methods}} are refunded to an account; until when is not written anywhere. After the month of the payment there is a warning.',
  'rule.refund-age': '{{provider}}: payments by {{methods}} are refunded within {{months}} months.',
  'rule.refund-age-days': '{{provider}}: payments by {{methods}} are refunded within {{days}} days.',
  'rule.night-window':
    '{{provider}}: refunds of {{methods}} are not taken from {{from}} to {{to}}. They are sent by themselves after that.',
  'rule.tax-parts': 'Tax-free amount and VAT together cannot be more than the refund.',
  'rule.tax-free-sent': '{{provider}}: the tax-free amount is always sent, as 0 won where the file has none.',
  'rule.tax-split':
    '{{provider}}: a channel with taxed and tax-free goods needs the tax-free amount and the VAT of each refund.',
  'rule.vat-on-partial':
    '{{provider}}: a payment that stated its VAT needs it on partial refunds too. Where it is missing there is a warning.',
  'rule.tax-free-on-partial':
    '{{provider}}: among {{methods}}, KakaoPay and Payco take no tax-free amount on partial refunds.',
  'rule.basket-needed':
    '{{provider}}: refunds of split payments name their parts and sellers. A part number takes {{item}} bytes, a seller {{seller}}.',
  'rule.basket-not-sent':
    '{{provider}}: the parts of a split payment cannot be sent, so such refunds are not made from here.',
  'rule.asynchronous': '{{provider}}: refunds of {{methods}} are taken first and done later. Both are checked.',
  'rule.timing-unknown':
    "{{provider}}: it is not confirmed when refunds of {{methods}} show in the PG's records. When an answer is lost, nothing is sent again and a person decides.",
  'rule.payout-final':
    '{{provider}}: a refund of {{methods}} is done once the cancel is taken. Nothing is paid to an account.',
  'rule.payout-business-days':
    '{{provider}}: refunds of {{methods}} arrive on business day {{days}} after they are taken.',
  'rule.payout-weekly':
    '{{provider}}: refunds of {{methods}} arrive on {{on}}: of the same week when taken until {{askedUntil}}, else of the next.',
  'rule.payout-unknown': '{{provider}}: it is not written when refunds of {{methods}} arrive.',
  'confidence.official': 'Official document',
  'confidence.own': 'Judgement of this program',
  'confidence.unconfirmed': 'Not confirmed',
  'methods.all': 'every method',
  'weekday.0': 'Sunday',
  'weekday.1': 'Monday',
  'weekday.2': 'Tuesday',
  'weekday.3': 'Wednesday',
  'weekday.4': 'Thursday',
  'weekday.5': 'Friday',
  'weekday.6': 'Saturday',
}
