import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readRefundCells, type RefundCells } from '../../src/domain/refund-row'

const good: RefundCells = {
  orderNo: 'ORD-1',
  amount: '12,000',
  bank: '신한은행',
  account: '562-11105-948400',
  holder: '홍길동',
  phone: '010-1234-5678',
  reason: '고객 변심',
}
const read = (change: RefundCells) => readRefundCells({ ...good, ...change })
/** severity column code, in order. */
const told = (change: RefundCells): readonly string[] =>
  read(change).problems.map((found) => `${found.severity} ${found.column} ${found.code}`)

describe('a good row', () => {
  test('is read without a word', () => {
    expect(readRefundCells(good)).toEqual({
      orderNo: 'ORD-1',
      paymentKey: null,
      amount: 12_000,
      bank: '088',
      accountNo: '56211105948400',
      holder: '홍길동',
      phone: '01012345678',
      reason: '고객 변심',
      taxFree: null,
      vat: null,
      basket: [],
      problems: [],
    })
  })

  test('needs no more than an amount and a payment', () => {
    expect(readRefundCells({ paymentKey: 'key_1', amount: '1' })).toMatchObject({
      orderNo: null,
      paymentKey: 'key_1',
      amount: 1,
      bank: null,
      accountNo: null,
      reason: '',
      problems: [],
    })
  })
})

test('tells every problem of a row, not only the first', () => {
  expect(
    told({
      orderNo: '',
      amount: '1e3',
      bank: '없는은행',
      account: '5.62111E+13',
      phone: '12',
      taxFree: 'x',
      reason: '가'.repeat(40),
    }),
  ).toEqual([
    'error orderNo payment-missing',
    'error amount amount-unreadable',
    'error bank bank-unknown',
    'error account account-digits-lost',
    'error phone phone-unreadable',
    'error reason reason-too-long',
    'error taxFree tax-free-unreadable',
  ])
})

describe('accounts', () => {
  test.each(['5.62111E+13', '5.62111e+13', '5,62111E+13', '1E+15', '5.6E13'])(
    '%s has lost digits and becomes no number',
    (account) => {
      expect(told({ account })).toEqual(['error account account-digits-lost'])
      expect(read({ account }).accountNo).toBeNull()
    },
  )

  test('more than 15 digits ending in 0 without a separator were rounded by a spreadsheet', () => {
    expect(told({ account: '1234567890123450' })).toContain('error account account-zeros-suspicious')
    expect(told({ account: '1234-5678-9012-3450' })).not.toContain('error account account-zeros-suspicious')
    expect(told({ account: '1234567890123456' })).not.toContain('error account account-zeros-suspicious')
  })

  test('six zeros at the end of a shorter one deserve a look', () => {
    expect(told({ account: '56211100000000' })).toEqual(['warning account account-zeros-suspicious'])
    expect(read({ account: '56211100000000' }).accountNo).toBe('56211100000000')
    expect(told({ account: '56211105900000' })).toEqual([])
  })

  test('17 digits are too many, 16 are not', () => {
    expect(told({ account: '12345678901234567' })).toContain('error account account-too-long')
    expect(told({ account: '1'.repeat(60_000) })).toEqual(['error account account-too-long'])
    expect(told({ account: '1234567890123456' })).toEqual(['warning account account-length-unusual'])
  })

  test('a length unusual for the bank is a warning, never padded', () => {
    expect(told({ bank: '카카오뱅크', account: '333301123456' })).toEqual(['warning account account-length-unusual'])
    expect(read({ bank: '카카오뱅크', account: '333301123456' }).accountNo).toBe('333301123456')
    expect(told({ bank: '카카오뱅크', account: '3333011234567' })).toEqual([])
  })

  test.each([
    ['5621110594840O', 'O (U+004F)'],
    ['l2345678901', 'l (U+006C)'],
    ['562.11105.948400', '. (U+002E)'],
    ['562–11105–948400', '– (U+2013)'],
    ['="56211105948400"', '= (U+003D)'],
    ['신한 56211105948400', '신 (U+C2E0)'],
  ])('%s is unreadable and names the character', (account, character) => {
    expect(read({ account }).problems).toEqual([
      { code: 'account-unreadable', severity: 'error', column: 'account', values: { character } },
    ])
  })

  test('too few digits, or only zeros, are no account', () => {
    expect(told({ account: '123456' })).toEqual(['error account account-unreadable'])
    expect(told({ account: '00000000000' })).toEqual(['error account account-unreadable'])
  })

  test('a bank in the account column is told as such', () => {
    expect(told({ account: '국민은행' })).toEqual(['error account account-bank-alike'])
  })

  test('full-width digits and a leading quote are corrected, shown and masked', () => {
    const wide = read({ account: '５６２－１１１０５９４８４００' })
    expect(wide.accountNo).toBe('56211105948400')
    expect(wide.problems).toEqual([
      {
        code: 'text-corrected',
        severity: 'note',
        column: 'account',
        values: { before: '•••••••••••８４００', after: '•••-•••••••8400' },
      },
    ])
    const marked = read({ account: "'056211105948" })
    expect(marked.accountNo).toBe('056211105948')
    expect(JSON.stringify(marked.problems)).not.toContain('0562111')
  })
})

describe('unsafe characters are refused with their code point', () => {
  test.each([
    ['zero-width space', '\u200B', 'U+200B'],
    ['zero-width joiner', '\u200D', 'U+200D'],
    ['right-to-left override', '\u202E', 'U+202E'],
    ['left-to-right isolate', '\u2066', 'U+2066'],
    ['byte order mark', '\uFEFF', 'U+FEFF'],
    ['no-break space', '\u00A0', 'U+00A0'],
    ['thin space', '\u2009', 'U+2009'],
    ['Hangul filler', '\u3164', 'U+3164'],
    ['soft hyphen', '\u00AD', 'U+00AD'],
    ['NUL', '\u0000', 'U+0000'],
    ['backspace', '\u0008', 'U+0008'],
    ['line separator', '\u2028', 'U+2028'],
    ['private use', '\uE000', 'U+E000'],
    ['Arabic-Indic digit', '\u0661', 'U+0661'],
    ['Devanagari digit', '\u0967', 'U+0967'],
    ['mathematical digit', '\u{1D7D9}', 'U+1D7D9'],
  ])('%s', (_, character, codePoint) => {
    for (const column of ['orderNo', 'account', 'holder', 'amount', 'reason'] as const) {
      expect(read({ [column]: `12${character}34` }).problems).toContainEqual({
        code: 'text-unsafe-character',
        severity: 'error',
        column,
        values: { codePoint },
      })
    }
  })

  test('each one of a cell is named once, and the cell is not called missing as well', () => {
    expect(read({ amount: '\u200B1\u202E2\u200B' }).problems).toEqual([
      { code: 'text-unsafe-character', severity: 'error', column: 'amount', values: { codePoint: 'U+200B' } },
      { code: 'text-unsafe-character', severity: 'error', column: 'amount', values: { codePoint: 'U+202E' } },
    ])
  })
})

describe('corrections', () => {
  test('of columns without personal data show before and after', () => {
    const row = read({ orderNo: 'ＯＲＤ－１', amount: '１２，０００원' })
    expect(row).toMatchObject({ orderNo: 'ORD-1', amount: 12_000 })
    expect(row.problems).toEqual([
      { code: 'text-corrected', severity: 'note', column: 'orderNo', values: { before: 'ＯＲＤ－１', after: 'ORD-1' } },
      {
        code: 'text-corrected',
        severity: 'note',
        column: 'amount',
        values: { before: '１２，０００원', after: '12,000원' },
      },
    ])
  })

  test('of a holder never show the name', () => {
    const row = read({ holder: '홍길동'.normalize('NFD') })
    expect(row.holder).toBe('홍길동')
    expect(row.problems).toEqual([
      {
        code: 'text-corrected',
        severity: 'note',
        column: 'holder',
        values: { before: expect.any(String) as string, after: '홍*동' },
      },
    ])
  })

  test('compose Hangul of a Mac in the reason and keep its own letters', () => {
    expect(read({ reason: '단순변심'.normalize('NFD') }).reason).toBe('단순변심')
    expect(read({ reason: '㈜가나다 ①' }).reason).toBe('㈜가나다 ①')
    expect(told({ reason: '㈜가나다 ①' })).toEqual([])
  })

  test('put the lines of a reason into one', () => {
    expect(read({ reason: '고객 변심\r\n전화 접수' }).reason).toBe('고객 변심 전화 접수')
    expect(told({ reason: '고객 변심\r\n전화 접수' })).toEqual(['note reason text-corrected'])
  })

  test('do not count ASCII space around a cell', () => {
    expect(told({ orderNo: '  ORD-1 ', amount: '\t12,000\r\n' })).toEqual([])
  })

  test('name the successor of a bank that is gone', () => {
    const row = read({ bank: '외환은행' })
    expect(row.bank).toBe('081')
    expect(row.problems).toContainEqual({
      code: 'text-corrected',
      severity: 'note',
      column: 'bank',
      values: { before: '외환은행', after: '하나은행 (081)' },
    })
  })
})

describe('formula starts are text', () => {
  test.each(['=cmd|/c calc', '+82 10', '-1+2', '@SUM(A1)', '=HYPERLINK("x")'])('%s', (reason) => {
    expect(read({ reason }).reason).toBe(reason)
    expect(told({ reason })).toEqual([])
    expect(read({ orderNo: reason }).orderNo).toBe(reason)
  })
})

describe('resident numbers', () => {
  test.each([
    ['reason', '900101-1234567 환불'],
    ['reason', '9001011234567'],
    ['holder', '홍길동 900101 1234567'],
    ['orderNo', '900101-1234567'],
    ['bank', '9001011234567'],
    ['account', '900101-1234567'],
    ['phone', '900101-1234567'],
  ] as const)('in %s: %s is refused', (column, text) => {
    expect(told({ [column]: text })).toContain(`error ${column} text-resident-number`)
  })

  test('written in full-width digits is one too', () => {
    expect(told({ reason: '９００１０１－１２３４５６７'.normalize('NFKC') })).toContain(
      'error reason text-resident-number',
    )
  })

  test.each([
    '901301-1234567',
    '900132-1234567',
    '900100-1234567',
    '900101-123456',
    '900101-12345678',
    '1900101-1234567',
  ])('%s is none', (reason) => {
    expect(told({ reason })).toEqual([])
  })

  test('an account of thirteen digits at a bank that has such is none, unless it is written like one', () => {
    expect(told({ bank: '우리은행', account: '1002123456789' })).not.toContain('error account text-resident-number')
    expect(told({ bank: '우리은행', account: '1002-123-456789' })).toEqual([])
    expect(told({ bank: '하나은행', account: '1002123456789' })).toContain('error account text-resident-number')
    expect(told({ bank: '우리은행', account: '900101-1234567' })).toContain('error account text-resident-number')
  })
})

test.each(['홍\uFFFD동', 'È«±æµ¿', 'ï»¿주문', 'Ã«\u0085\u0080', '\uD83D'])(
  'broken text %j is told as such',
  (holder) => {
    expect(told({ holder })).toEqual(['error holder text-broken-encoding'])
  },
)

describe('banks, phones and tax', () => {
  test('an ambiguous bank offers its choices', () => {
    expect(read({ bank: '농협' }).problems).toEqual([
      {
        code: 'bank-ambiguous',
        severity: 'error',
        column: 'bank',
        values: { choices: '농협은행 (011), 지역농축협 (012)' },
      },
    ])
  })

  test.each([
    ['01012345678', '01012345678'],
    ['010 1234 5678', '01012345678'],
    ['+82 10-1234-5678', '01012345678'],
    ['+82-(0)10-1234-5678', '01012345678'],
    ['02-123-4567', '021234567'],
    ['1588-1234', '15881234'],
  ])('reads the phone %s', (phone, digits) => {
    expect(read({ phone }).phone).toBe(digits)
  })

  test.each(['1012345678', '1.01E+09', '010-12', '전화없음'])('does not read the phone %s', (phone) => {
    expect(told({ phone })).toEqual(['error phone phone-unreadable'])
  })

  test('tax-free and VAT fit into the amount', () => {
    expect(read({ taxFree: '12,000', vat: '0' })).toMatchObject({ taxFree: 12_000, vat: 0, problems: [] })
    expect(told({ taxFree: '12,001' })).toEqual(['error taxFree tax-free-over-amount'])
    expect(told({ taxFree: '11,000', vat: '1,000' })).toEqual([])
    expect(told({ taxFree: '11,000', vat: '1,001' })).toEqual(['error vat vat-over-amount'])
    expect(told({ vat: '-1' })).toEqual(['error vat vat-unreadable'])
  })

  test('a reason fills 89 bytes beside the tag, not 90', () => {
    expect(told({ reason: `${'가'.repeat(29)}ab` })).toEqual([])
    expect(told({ reason: '가'.repeat(30) })).toEqual(['error reason reason-too-long'])
  })
})

test('no problem ever carries an account, a phone or a name', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{7,20}$/),
      fc.constantFrom('', "'", '\u00A0', 'x', '－', '٣'),
      (digits, stray) => {
        const row = read({ account: `${digits}${stray}`, phone: `${stray}${digits}`, holder: `홍길동이${stray}` })
        const shown = JSON.stringify(row.problems)
        expect(shown).not.toContain(digits)
        expect(shown).not.toContain('길동')
      },
    ),
  )
})

describe('the parts of a split payment', () => {
  const two = [
    { itemKey: '2001', sellerId: 'a' },
    { itemKey: '2002', sellerId: '판매자-b' },
  ]
  test.each([
    '2001:a;2002:판매자-b',
    '2001:a; 2002:판매자-b;',
    '2001 : a / 2002: 판매자-b',
    '2001:a\n2002:판매자-b',
    '２００１：a;2002:판매자-b',
  ])('are read from %j', (basket) => {
    expect(read({ basket }).basket).toEqual(two)
  })

  test.each([
    '2001',
    '2001:',
    ':a',
    '2001:a:b',
    '2001:a,2002:b:c',
    '2001:a;2001:b',
    '항목:a',
    '가죽 지갑 외 2건',
    `2001:${'a'.repeat(101)}`,
    ';',
  ])('are not guessed at from %j', (basket) => {
    const row = read({ basket })
    expect(row.basket).toEqual([])
    expect(row.problems.map((found) => `${found.severity} ${found.column} ${found.code}`)).toContain(
      'error basket basket-unreadable',
    )
  })

  test('are at most a hundred', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `${String(index)}:s`).join(';')
    expect(read({ basket: many(100) }).basket).toHaveLength(100)
    expect(told({ basket: many(101) })).toEqual(['error basket basket-unreadable'])
  })
})

test('hostile cells are answered at once', () => {
  const startedAt = performance.now()
  const spaces = `x${' '.repeat(60_000)}x`
  for (const column of [
    'orderNo',
    'amount',
    'bank',
    'account',
    'holder',
    'phone',
    'reason',
    'taxFree',
    'basket',
  ] as const) {
    for (const text of [
      spaces,
      '0'.repeat(60_000),
      `(${'('.repeat(60_000)}`,
      '1,'.repeat(30_000),
      '가-'.repeat(30_000),
      '\u0301'.repeat(60_000),
    ])
      read({ [column]: text })
  }
  expect(performance.now() - startedAt).toBeLessThan(1500)
})
