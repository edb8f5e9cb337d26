import { ok, type Result } from '../../../domain/result'
import type { Problem } from '../../../domain/problem'
import { writeCsv } from '../intake/write-csv'
import type { NamedBytes } from '../port'

/** The files that a merchant fills in: a header that the import knows, and one line that shows how cells are written. */
const TEMPLATES = {
  refunds: {
    name: '환불요청_양식.csv',
    header: ['주문번호', '거래번호', '환불금액', '은행', '계좌번호', '예금주', '연락처', '환불사유'],
    example: ['(예) ORD-20260101-0001', '', '12,000', '국민은행', '000000-00-000000', '홍길동', '', '고객 변심'],
  },
  books: {
    name: '결제취소내역_양식.csv',
    header: ['구분', '주문번호', '거래번호', '일시', '금액', '결제수단', 'PG', '비고'],
    example: ['취소', '(예) ORD-20260101-0001', '', '2026-01-02 10:30', '12,000', '가상계좌', '', ''],
  },
} as const

export function templateFile(which: keyof typeof TEMPLATES): Result<NamedBytes & { readonly rows: number }, Problem> {
  const { name, header, example } = TEMPLATES[which]
  const text = writeCsv(header, [example], { bom: true, newline: '\r\n' })
  return ok({ name, bytes: new TextEncoder().encode(text), rows: 1 })
}
