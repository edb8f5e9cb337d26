import { createHash } from 'node:crypto'

import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'

import { readRefundFile, type RefundFileOptions } from '../../../../src/main/core/intake/read-refund-file'
import { countRefundNames, mapRefundColumns } from '../../../../src/main/core/intake/refund-columns'

const options: RefundFileOptions = { encoding: 'auto', paymentKeyNames: ['shop_key'] }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = async (text: string | Uint8Array, change: Partial<RefundFileOptions> = {}) => {
  const file = await readRefundFile(typeof text === 'string' ? bytes(text) : text, { ...options, ...change })
  return file.ok ? file.value : file.problem
}
const problemsOf = async (text: string) => {
  const file = await read(text)
  return 'rows' in file
    ? file.rows.map((row) => row.parsed.problems.map((found) => `${found.severity} ${found.column} ${found.code}`))
    : file
}

const HEADER = '주문번호,환불금액,은행,계좌번호,예금주,사유'

describe('columns', () => {
  const map = (header: readonly string[]) => {
    const columns = mapRefundColumns(header, ['shop_key'])
    return columns.ok ? Object.fromEntries(columns.value) : columns.problem
  }

  test('are known by their Korean and English names, whatever the spaces and units', () => {
    expect(
      map([
        '주문번호*',
        '거래번호',
        '환불 금액(원)',
        '환불은행',
        ' 환불 계좌번호 ',
        '예금주명',
        '휴대폰 번호',
        '환불사유',
        '면세금액',
        '부가세',
        '분할정산 항목',
      ]),
    ).toEqual({
      orderNo: 0,
      paymentKey: 1,
      amount: 2,
      bank: 3,
      account: 4,
      holder: 5,
      phone: 6,
      reason: 7,
      taxFree: 8,
      vat: 9,
      basket: 10,
    })
    expect(
      map([
        'Order No.',
        'Payment Key',
        'Refund_Amount',
        'BANK',
        'Account Number',
        'Holder',
        'Tel',
        'Reason',
        'Tax Free',
        'VAT',
      ]),
    ).toMatchObject({ orderNo: 0, paymentKey: 1, amount: 2, bank: 3, account: 4, vat: 9 })
  })

  test("take the PG's own name of its key from the caller", () => {
    expect(map(['Shop_Key', '금액'])).toEqual({ paymentKey: 0, amount: 1 })
    expect(map(['other_key', '금액'])).toMatchObject({ code: 'file-header-missing-column' })
  })

  test('that could be mistaken are not taken: what was paid, where it was paid in, notes', () => {
    expect(map(['주문번호', '환불금액', '결제금액', '가상계좌번호', '비고', '메모', '주문금액'])).toEqual({
      orderNo: 0,
      amount: 1,
    })
    expect(map(['주문번호', '결제금액'])).toEqual({ code: 'file-header-missing-column', values: { column: 'amount' } })
  })

  test('are missing by name', () => {
    expect(map(['환불금액', '은행'])).toEqual({ code: 'file-header-missing-column', values: { column: 'orderNo' } })
    expect(map([])).toEqual({ code: 'file-header-missing-column', values: { column: 'orderNo' } })
  })

  test('that mean the same are not chosen between', () => {
    expect(map(['주문번호', '금액', '환불금액'])).toEqual({
      code: 'file-header-duplicate-column',
      values: { column: 'amount', first: '금액', second: '환불금액' },
    })
  })

  test('are counted once each to find the header', () => {
    expect(countRefundNames(['주문번호', '금액', '환불금액', '기타'], [])).toBe(2)
  })
})

describe('a refund file', () => {
  test('is read with its shape, its hash and its totals', async () => {
    const text = `${HEADER}\r\nORD-1,"12,000",신한,562-11105-948400,홍길동,변심\r\nORD-2,3000원,국민,12345678901234,김철수,\r\n합계,"15,000",,,,\r\n`
    expect(await read(text)).toMatchObject({
      encoding: 'utf-8',
      hadBom: false,
      header: ['주문번호', '환불금액', '은행', '계좌번호', '예금주', '사유'],
      rows: [
        {
          line: 2,
          cells: ['ORD-1', '12,000', '신한', '562-11105-948400', '홍길동', '변심'],
          parsed: { orderNo: 'ORD-1', amount: 12_000, bank: '088', accountNo: '56211105948400', problems: [] },
        },
        { line: 3, parsed: { amount: 3_000, bank: '004', reason: '', problems: [] } },
      ],
      controlTotal: 15_000,
      readTotal: 15_000,
      newline: '\r\n',
      delimiter: ',',
    })
    expect(await read(text)).toMatchObject({ sha256: createHash('sha256').update(text).digest('hex') })
  })

  test('in CP949 is the same file', async () => {
    const text = `${HEADER}\nORD-1,12000,신한,562-11105-948400,똠방각하,펲시 환불\n`
    expect(await read(iconv.encode(text, 'cp949'))).toMatchObject({
      encoding: 'cp949',
      rows: [{ parsed: { holder: '똠방각하', reason: '펲시 환불', problems: [] } }],
    })
  })

  test('pasted from a spreadsheet keeps its digits', async () => {
    expect(await read('주문번호\t환불금액\t계좌번호\n0012\t1,000\t0012345678901')).toMatchObject({
      delimiter: '\t',
      rows: [{ parsed: { orderNo: '0012', accountNo: '0012345678901' } }],
    })
  })

  test('tells a control total that differs, without judging it', async () => {
    expect(await read(`${HEADER}\nA,1000,,,,\n,총계,"9,000",,,`)).toMatchObject({
      controlTotal: 9_000,
      readTotal: 1_000,
    })
    expect(await read(`${HEADER}\nA,1000,,,,`)).toMatchObject({ controlTotal: null, readTotal: 1_000 })
  })

  test('never takes a last row that names a payment for a total', async () => {
    expect(await read(`${HEADER}\nA,1000,,,,\nB,2000,,,계,`)).toMatchObject({
      controlTotal: null,
      rows: [{ line: 2 }, { line: 3 }],
    })
  })

  test('adds up only what could be read', async () => {
    expect(await read(`${HEADER}\nA,1000,,,,\nB,1e3,,,,\nC,0,,,,`)).toMatchObject({
      readTotal: 1_000,
      rows: [{}, { parsed: { amount: null } }, { parsed: { amount: null } }],
    })
  })

  test('whose sum is out of range is refused as a whole', async () => {
    expect(await read(`${HEADER}\nA,1000000000000,,,,\nB,1,,,,`)).toEqual({ code: 'amount-too-large' })
  })
})

describe('rows that a file tears apart', () => {
  test('an amount without quotes gives a cell too many and is not guessed at', async () => {
    expect(await problemsOf('주문번호,환불금액,사유\nA,12,000,변심\nB,12000,변심')).toEqual([
      ['error null row-too-many-cells'],
      [],
    ])
  })

  test('so does one whose surplus is empty, or stands under no heading', async () => {
    expect(await problemsOf('주문번호,환불금액,사유\nA,12,000,')).toEqual([['error null row-too-many-cells']])
    expect(await problemsOf('주문번호,환불금액,사유,\nA,12,000,변심')).toEqual([['error null row-too-many-cells']])
    expect(await problemsOf('주문번호,환불금액,사유,\nA,12000,변심,')).toEqual([[]])
  })

  test('a short row only lacks its last cells', async () => {
    expect(await problemsOf('주문번호,환불금액,사유\nA,12000')).toEqual([[]])
    expect(await problemsOf('주문번호,사유,환불금액\nA,변심')).toEqual([['error amount amount-missing']])
  })
})

describe('what must not be kept', () => {
  test('a resident number in a column of no use here', async () => {
    expect(await problemsOf('주문번호,환불금액,메모\nA,1000,고객 900101-1234567')).toEqual([
      ['error null text-resident-number'],
    ])
  })

  test('but not a bar code, unless its last digit fits by chance: then it is worth a look', async () => {
    expect(await problemsOf('주문번호,환불금액,상품코드\nA,1000,8801234567893')).toEqual([[]])
    expect(await problemsOf('주문번호,환불금액,상품코드\nA,1000,8801234567890')).toEqual([
      ['warning null text-resident-number'],
    ])
  })
})

test('a cell that was misread once is told in its row', async () => {
  expect(await problemsOf(`${HEADER}\nA,1000,신한,110123456789,?붾젅,`)).toEqual([
    ['error holder text-broken-encoding'],
  ])
})

describe('what is no refund file', () => {
  test.each([
    ['books', '구분,주문번호,거래번호,일시,금액\n결제,A,k,2026-11-21,1000', 'file-wrong-kind'],
    ['no amount', '주문번호,이름\nA,홍길동', 'file-header-missing-column'],
    ['no header', 'A,1000\nB,2000', 'file-header-missing-column'],
    ['a spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4), 'file-spreadsheet'],
    ['nothing', new Uint8Array(), 'file-empty'],
  ] as const)('%s', async (_, text, code) => {
    expect(await read(text)).toMatchObject({ code })
  })
})

test('a large file is read in slices, with progress', async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, index) => `ORD-${index},"12,000",신한,562-11105-9${String(index).padStart(5, '0')},홍길동,고객 변심`,
  ).join('\n')
  const seen: number[] = []
  let longestMs = 0
  let sliceFrom = performance.now()
  const file = await read(`${HEADER}\n${rows}`, {
    onProgress: (done, all) => void (all > 0 && seen.push(done)),
    yieldNow: async () => {
      longestMs = Math.max(longestMs, performance.now() - sliceFrom)
      await new Promise((resolve) => setImmediate(resolve))
      sliceFrom = performance.now()
    },
  })
  expect(file).toMatchObject({ readTotal: 240_000_000 })
  expect(seen.at(-1)).toBe(20_000)
  expect(seen.length).toBeGreaterThan(50)
  // Generous for a busy machine; the promise is about 50 ms.
  expect(longestMs).toBeLessThan(200)
})
