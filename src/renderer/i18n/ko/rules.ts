import type { RuleStatement } from '../../../domain/pg-rules/statements'

type RuleWord =
  | `rule.${RuleStatement['kind']}`
  | `confidence.${RuleStatement['confidence']}`
  | `weekday.${0 | 1 | 2 | 3 | 4 | 5 | 6}`
  | 'methods.all'

/** Each rule of the PGs in plain words, with its values. */
export const words: Readonly<Record<RuleWord, string>> = {
  'rule.unknown-provider':
    '{{provider}}의 규정을 이 프로그램은 알지 못합니다. 계좌로 보내는 환불은 막고, 다른 결제수단은 보낸 뒤 결과를 확인하게 합니다.',
  'rule.not-refundable': '종류를 알 수 없는 결제는 여기서 환불하지 않습니다.',
  'rule.cancel-elsewhere':
    '{{provider}}의 {{methods}} 결제는 여기서 환불하지 않습니다. PG 관리자 화면에서 취소해야 합니다.',
  'rule.escrow': '에스크로 결제는 여기서 환불하지 않습니다. {{provider}} 결제라면 PG 관리자 화면에서 처리해야 합니다.',
  'rule.needs-service':
    '{{provider}}의 {{methods}} 환불은 정산 환불이나 실시간 환불 서비스를 신청한 상점만 할 수 있습니다.',
  'rule.needs-contract':
    '{{provider}}의 {{methods}} 환불은 PG와 따로 계약한 상점만 할 수 있습니다. 계약이 없으면 PG가 거절합니다.',
  'rule.fee':
    '{{provider}}의 {{methods}} 환불에는 건마다 수수료가 붙습니다. 예를 들면 {{won}}원이고, 실제 금액은 계약서에 있습니다.',
  'rule.cash-receipt-by-hand':
    '{{provider}}의 {{methods}} 결제를 환불해도 현금영수증은 취소되지 않습니다. 따로 취소해야 합니다.',
  'rule.needs-account': '{{provider}}의 {{methods}} 환불에는 은행, 계좌번호, 예금주가 필요합니다.',
  'rule.account-after-month':
    '{{provider}}의 {{methods}} 결제를 다음 달부터 환불하려면 은행, 계좌번호, 예금주가 필요합니다. 따로 계약한 상점만 할 수 있습니다.',
  'rule.needs-phone': '{{provider}}의 {{methods}} 환불에는 예금주의 휴대폰 번호가 필요합니다.',
  'rule.bank-table': '{{provider}}의 은행 목록에 있는 은행으로만 환불합니다.',
  'rule.account-max': '{{provider}} 환불의 계좌번호는 {{max}}자리까지입니다.',
  'rule.holder-max': '{{provider}} 환불의 예금주는 {{max}}자까지입니다.',
  'rule.holder-bytes-max': '{{provider}} 환불의 예금주는 {{max}}바이트까지입니다. 한글은 한 글자가 3바이트입니다.',
  'rule.characters':
    '{{provider}} 환불의 예금주, 사유, 분할정산 항목에는 따옴표, 꺾쇠, 세미콜론 같은 기호와 이모지를 쓸 수 없습니다.',
  'rule.full-only': '{{provider}}의 {{methods}} 결제는 전액만 환불할 수 있습니다.',
  'rule.partial-max': '{{provider}}의 {{methods}} 결제는 {{max}}번까지 나누어 환불할 수 있습니다.',
  'rule.partial-contract': '{{provider}}의 {{methods}} 부분 환불은 신청한 상점만 할 수 있습니다.',
  'rule.same-month': '{{provider}}의 {{methods}} 결제는 결제한 달에만 환불할 수 있습니다.',
  'rule.month-unconfirmed':
    '{{provider}}의 {{methods}} 결제는 계좌로 환불하며, 언제까지 되는지는 문서에 없습니다. 결제한 달이 지나면 주의로 알립니다.',
  'rule.refund-age': '{{provider}}의 {{methods}} 결제는 {{months}}개월 안에 환불해야 합니다.',
  'rule.refund-age-days': '{{provider}}의 {{methods}} 결제는 {{days}}일 안에 환불해야 합니다.',
  'rule.night-window':
    '{{provider}}의 {{methods}} 환불은 {{from}}부터 {{to}}까지 받지 않습니다. 그 시간이 지나면 스스로 이어서 보냅니다.',
  'rule.tax-parts': '면세금액과 부가세의 합은 환불금액보다 클 수 없습니다.',
  'rule.tax-free-sent': '{{provider}} 환불에는 면세금액을 언제나 함께 보냅니다. 비워 두면 0원으로 보냅니다.',
  'rule.tax-split': '{{provider}} 채널이 복합과세 상점이면 면세금액과 부가세를 모두 적어야 합니다.',
  'rule.vat-on-partial':
    '{{provider}}에서 부가세를 따로 넣은 결제는 부분 환불에도 부가세를 적어야 합니다. 비어 있으면 주의로 알립니다.',
  'rule.tax-free-on-partial':
    '{{provider}}의 {{methods}} 가운데 카카오페이와 페이코는 부분 환불에 면세금액을 받지 않습니다.',
  'rule.basket-needed':
    '{{provider}}의 분할정산 결제는 환불할 항목과 판매자를 적어야 합니다. 항목번호는 {{item}}바이트, 판매자는 {{seller}}바이트까지입니다.',
  'rule.basket-not-sent': '{{provider}} 결제는 분할정산 항목을 보낼 방법이 없어, 그런 환불은 여기서 하지 않습니다.',
  'rule.asynchronous': '{{provider}}의 {{methods}} 환불은 접수된 뒤 나중에 끝납니다. 접수와 완료를 따로 확인합니다.',
  'rule.timing-unknown':
    '{{provider}}의 {{methods}} 환불이 PG 내역에 언제 보이는지 확인되지 않았습니다. 그래서 답을 잃으면 다시 보내지 않고 사람이 정합니다.',
  'rule.payout-final': '{{provider}}의 {{methods}} 환불은 취소가 접수되면 끝납니다. 계좌로 보내는 돈은 없습니다.',
  'rule.payout-business-days': '{{provider}}의 {{methods}} 환불금은 접수한 날로부터 {{days}}영업일째에 입금됩니다.',
  'rule.payout-weekly':
    '{{provider}}의 {{methods}} 환불금은 {{on}}에 입금됩니다. {{askedUntil}}까지 접수하면 그 주, 그 뒤에는 다음 주입니다.',
  'rule.payout-unknown': '{{provider}}의 {{methods}} 환불금이 언제 들어오는지는 문서에 없습니다.',
  'confidence.official': '공식 문서',
  'confidence.own': '이 프로그램의 판단',
  'confidence.unconfirmed': '확인되지 않음',
  'methods.all': '모든 결제수단',
  'weekday.0': '일요일',
  'weekday.1': '월요일',
  'weekday.2': '화요일',
  'weekday.3': '수요일',
  'weekday.4': '목요일',
  'weekday.5': '금요일',
  'weekday.6': '토요일',
}
