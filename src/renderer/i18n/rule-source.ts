import type { Language } from '../../contract/views'

/** Where a rule of the book comes from, in Korean; the book itself names its sources in English. */
const KOREAN_SOURCES: Readonly<Record<string, string>> = {
  'docs: KICC FAQ, characters that are refused': 'KICC 자주 묻는 질문, 받지 않는 글자',
  'docs: KICC cancel page, codes 32, 33 and 40, which this program does not send':
    'KICC 취소 문서, 이 프로그램이 보내지 않는 32·33·40번 변경',
  'docs: KICC common codes': 'KICC 공통 코드 문서',
  'docs: KICC refund page, a refund is requested first and done later; a payout may fail after a success':
    'KICC 환불 문서, 먼저 접수하고 나중에 보내며 접수된 뒤에도 송금이 안 될 수 있음',
  'docs: KICC refund page, bank, account and holder are required': 'KICC 환불 문서, 은행·계좌번호·예금주 필수',
  'docs: KICC refund page, both services are ordered from KICC': 'KICC 환불 문서, 두 서비스 모두 KICC에 신청',
  'docs: KICC refund page, escrow goes by the status change, code 61':
    'KICC 환불 문서, 에스크로는 상태 변경(61번)으로 처리',
  'docs: KICC refund page, length of the account number': 'KICC 환불 문서, 계좌번호 길이',
  'docs: KICC refund page, length of the holder': 'KICC 환불 문서, 예금주 길이',
  'docs: KICC refund page, merchants with taxed and tax-free goods state the parts':
    'KICC 환불 문서, 복합과세 상점은 금액을 나누어 적음',
  'docs: KICC refund page, mobile payments are refunded to an account; a cut-off is not named':
    'KICC 환불 문서, 휴대폰 결제는 계좌로 환불하며 기한은 적혀 있지 않음',
  'docs: KICC refund page, out of the settlement on the next business day; at once is no later than that':
    'KICC 환불 문서, 정산환불은 다음 영업일에 보내며 실시간환불은 그보다 늦지 않음',
  'docs: KICC refund page, parts of split settlements': 'KICC 환불 문서, 분할정산 항목',
  'docs: cancel API of V1, length of the account number': '포트원 V1 취소 API 문서, 계좌번호 길이',
  'docs: cancel API of V1, length of the holder': '포트원 V1 취소 API 문서, 예금주 길이',
  'docs: cancel API, VAT is required where the payment gave it': '포트원 취소 API 문서, 결제에 부가세를 적었으면 필수',
  'docs: cancel API, a missing tax-free part is not 0 there': '포트원 취소 API 문서, 면세금액을 비우면 0이 아님',
  'docs: cancel API, refund phone': '포트원 취소 API 문서, 환불 받을 사람의 연락처',
  'docs: cancel APIs, tax-free part and VAT are parts of the amount': '취소 API 문서, 면세금액과 부가세는 금액의 일부',
  'docs: daou, KakaoPay and Payco take no tax-free part on partial refunds':
    '포트원 문서(키움페이), 카카오페이와 페이코는 일부 환불에 면세금액을 받지 않음',
  'docs: daou, checked by hand, may take 7 business days or more: before the seventh nothing is late':
    '포트원 문서(키움페이), 사람이 확인하므로 7영업일 넘게 걸릴 수 있어 그 전에는 늦은 것으로 보지 않음',
  'docs: daou, refunded by hand after 7 business days or more':
    '포트원 문서(키움페이), 7영업일이 지나 사람이 직접 환불',
  'docs: kg-mobilians-v2, paid on Thursdays; asked until Tuesday the same week, else the next. Own reading: a closed Thursday is paid on the next business day':
    '포트원 문서(KG모빌리언스), 화요일까지 접수하면 그 주 목요일에 지급. 목요일이 쉬는 날이면 다음 영업일이라는 것은 자체 해석',
  'docs: kg-mobilians-v2, paid out on Thursdays': '포트원 문서(KG모빌리언스), 목요일에 지급',
  'docs: kicc-v2, overseas wallets are cancelled asynchronously': '포트원 문서(KICC), 해외 간편결제는 나중에 취소됨',
  'docs: ksnet/warning': '포트원 문서(KSNET), 주의 사항',
  'docs: paymentwall, final after its callback': '포트원 문서(Paymentwall), 통지를 받아야 확정',
  'docs: settle, deposits may follow a cancel': '포트원 문서(헥토파이낸셜), 취소한 뒤에도 입금될 수 있음',
  'docs: smartro-v2, asynchronous; the guide gives the next business day':
    '포트원 문서(스마트로), 나중에 처리되며 안내에는 다음 영업일',
  'docs: smartro-v2, final by webhook': '포트원 문서(스마트로), 알림을 받아야 확정',
  'docs: smartro-v2, paid to an account like a virtual account refund':
    '포트원 문서(스마트로), 가상계좌 환불처럼 계좌로 지급',
  'docs: smartro-v2, paid to an account, without a date': '포트원 문서(스마트로), 계좌로 지급하며 날짜는 없음',
  'docs: smartro-v2/api': '포트원 문서(스마트로), API',
  'docs: spb and rt': '포트원 문서(PayPal), SPB와 RT',
  'docs: support/code-info/pg-1': '포트원 문서, PG 은행 코드표',
  'docs: tosspay, VAT on partial refunds where the payment gave it':
    '포트원 문서(토스페이), 결제에 부가세를 적었으면 일부 환불에도 필요',
  'docs: welcome, partial refunds where the service was ordered':
    '포트원 문서(웰컴페이먼츠), 일부 환불은 서비스를 신청한 상점만',
  "guide of PortOne, an example; KICC's price is in the merchant's contract":
    '포트원 안내의 예. KICC의 금액은 상점 계약서에 있음',
  'guide: KCP pays later-month mobile refunds to an account by special contract':
    '포트원 안내, NHN KCP는 따로 계약하면 지난달 휴대폰 결제를 계좌로 환불',
  'guide: an example of the fee of a transfer': '포트원 안내, 이체 수수료의 예',
  'guide: back to the paying account, without a date': '포트원 안내, 결제한 계좌로 돌려주며 날짜는 없음',
  'guide: cancel deadlines of PortOne V2, KakaoPay card one year, money five years; which one it was is not visible':
    '포트원 V2 취소 기한 안내, 카카오페이 카드 1년, 머니 5년. 어느 것이었는지는 보이지 않음',
  'guide: cancel deadlines of PortOne V2, NaverPay': '포트원 V2 취소 기한 안내, 네이버페이',
  'guide: cancel deadlines of PortOne V2, PayPal': '포트원 V2 취소 기한 안내, PayPal',
  'guide: cancelled in the month of payment, without a date': '포트원 안내, 결제한 달에 취소하며 날짜는 없음',
  'guide: cards are cancelled within about one year': '포트원 안내, 카드는 약 1년 안에 취소',
  'guide: depends on what lies behind the wallet, without a date':
    '포트원 안내, 간편결제에 연결된 수단에 따라 다르며 날짜는 없음',
  'guide: in the month of payment; KCP pays later ones to an account by special contract':
    '포트원 안내, 결제한 달에만. NHN KCP는 따로 계약하면 그 뒤에도 계좌로 환불',
  'guide: mobile micropayments are cancelled in full': '포트원 안내, 휴대폰 소액결제는 전액만 취소',
  'guide: mobile micropayments are cancelled in the month of payment':
    '포트원 안내, 휴대폰 소액결제는 결제한 달에만 취소',
  'guide: virtual account refund': '포트원 안내, 가상계좌 환불',
  'guide: virtual account refund, typically paid on the next business day':
    '포트원 안내, 가상계좌 환불은 보통 다음 영업일에 지급',
  'guide: virtual account refunds need a contract with the PG': '포트원 안내, 가상계좌 환불은 PG와 계약해야 함',
  'own rule: KICC shows no list of cancels that a repeat could be judged by':
    '자체 기준, KICC는 취소 목록을 보여 주지 않아 다시 보내도 되는지 판단할 수 없음',
  'own rule: a PG without rules deserves a look': '자체 기준, 규정을 모르는 PG는 사람이 확인',
  'own rule: a card cancel is final when it is accepted, no account is paid':
    '자체 기준, 카드 취소는 접수되면 끝이며 계좌로 보내지 않음',
  'own rule: an unknown method is shown and looked up only': '자체 기준, 종류를 모르는 결제는 보여 주고 조회만 함',
  'own rule: behind this interface stands KICC alone': '자체 기준, 이 연동의 PG는 KICC 하나뿐임',
  'own rule: escrow payments are given back in the console of PortOne or the PG':
    '자체 기준, 에스크로 결제는 포트원이나 PG의 관리자 화면에서 환불',
  'own rule: no account is paid over a PG whose bank codes are not known':
    '자체 기준, 은행 코드를 모르는 PG로는 계좌에 보내지 않음',
  'own rule: the cancel API has no field for the parts of a split payment':
    '자체 기준, 취소 API에 나누어 정산한 결제의 항목을 적을 곳이 없음',
}

/** A rule's source in the window's language; one of a newer book stays as it is written there. */
export function ruleSource(source: string, language: Language): string {
  return language === 'ko' ? (KOREAN_SOURCES[source] ?? source) : source
}
