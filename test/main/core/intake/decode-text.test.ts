import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'

import { decodeText, FILE_BYTES_MAX, type Encoding } from '../../../../src/main/core/intake/decode-text'
import { looksMisread } from '../../../../src/main/core/intake/misread-text'

const TEXT = '주문번호,환불금액,예금주\r\nORD-1,"12,000",홍길동\r\n'
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const withBom = (bom: readonly number[], bytes: Uint8Array): Uint8Array => Uint8Array.from([...bom, ...bytes])
const read = (bytes: Uint8Array, wanted: Encoding | 'auto' = 'auto') => {
  const decoded = decodeText(bytes, wanted)
  return decoded.ok ? decoded.value : decoded.problem.code
}

describe('encodings are told apart', () => {
  test.each([
    ['UTF-8', utf8(TEXT), { encoding: 'utf-8', hadBom: false }],
    ['UTF-8 with a mark', withBom([0xef, 0xbb, 0xbf], utf8(TEXT)), { encoding: 'utf-8', hadBom: true }],
    ['CP949', iconv.encode(TEXT, 'cp949'), { encoding: 'cp949', hadBom: false }],
    [
      'UTF-16 little-endian',
      withBom([0xff, 0xfe], iconv.encode(TEXT, 'utf-16le')),
      { encoding: 'utf-16le', hadBom: true },
    ],
    [
      'UTF-16 big-endian',
      withBom([0xfe, 0xff], iconv.encode(TEXT, 'utf-16be')),
      { encoding: 'utf-16be', hadBom: true },
    ],
  ] as const)('%s', (_, bytes, expected) => {
    expect(read(bytes)).toEqual({ text: TEXT, ...expected })
  })

  test('ASCII alone is UTF-8', () => {
    expect(read(utf8('a,b\n1,2'))).toMatchObject({ encoding: 'utf-8' })
  })

  test('CP949 keeps the syllables beyond KS X 1001', () => {
    const text = '주문번호,금액,예금주\nORD-1,1000,똠방각하\nORD-2,1000,펲시\nORD-3,1000,갂갃햏'
    expect(iconv.encode('똠펲', 'cp949')).toEqual(Buffer.from([0x8c, 0x63, 0xbc, 0x84]))
    expect(read(iconv.encode(text, 'cp949'))).toEqual({ text, encoding: 'cp949', hadBom: false })
  })

  test('an encoding that was asked for is used, a mark in the file goes first', () => {
    expect(read(iconv.encode(TEXT, 'utf-16le'), 'utf-16le')).toEqual({
      text: TEXT,
      encoding: 'utf-16le',
      hadBom: false,
    })
    expect(read(iconv.encode(TEXT, 'cp949'), 'cp949')).toMatchObject({ text: TEXT })
    expect(read(withBom([0xef, 0xbb, 0xbf], utf8(TEXT)), 'cp949')).toMatchObject({ text: TEXT, encoding: 'utf-8' })
  })

  test('characters that lie across two slices stay whole', () => {
    const long = `주문번호,금액\n${'가a나bc다'.repeat(120_000)}`
    for (const shift of ['', 'x', 'xy']) {
      const text = shift + long
      expect(read(utf8(text))).toMatchObject({ text })
      expect(read(iconv.encode(text, 'cp949'))).toMatchObject({ text })
    }
  })

  test('any Korean text comes back from both encodings as it was', () => {
    const korean = fc
      .array(fc.constantFrom('가', '힣', '각', '환불', '똠', 'A', '1', ',', '\n', ' ', '㈜', '漢'), {
        minLength: 1,
        maxLength: 60,
      })
      .map((parts) => `주문번호 금액 은행 계좌번호 예금주${parts.join('')}`)
    fc.assert(
      fc.property(korean, (text) => {
        expect(read(utf8(text))).toMatchObject({ text })
        expect(read(iconv.encode(text, 'cp949'), 'cp949')).toMatchObject({ text })
      }),
    )
  })
})

describe('what is no text of a table', () => {
  test.each([
    ['a zip or xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2), 'file-spreadsheet'],
    ['an old xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'file-spreadsheet'],
    ['a web page saved as xls', utf8('\n<html><table><tr><td>1'), 'file-spreadsheet'],
    ['NUL bytes', utf8('a,b\n1,\0'), 'file-not-text'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13), 'file-not-text'],
    ['UTF-16 without a mark', iconv.encode('a,b', 'utf-16le'), 'file-not-text'],
    ['nothing', new Uint8Array(), 'file-empty'],
    ['a mark alone', Uint8Array.of(0xef, 0xbb, 0xbf), 'file-empty'],
    ['white space', utf8(' \r\n\r\n'), 'file-empty'],
  ])('%s', (_, bytes, code) => {
    expect(read(bytes)).toBe(code)
  })

  test('a file of 50 MB is read as far as size goes, a byte more is not', () => {
    expect(read(new Uint8Array(FILE_BYTES_MAX + 1))).toBe('file-too-large')
    expect(read(new Uint8Array(FILE_BYTES_MAX))).toBe('file-not-text')
  })
})

describe('broken encodings', () => {
  const body = `${TEXT}${'ORD-2,3000,김철수\n'.repeat(5)}`
  test.each([
    ['bytes of neither encoding', Uint8Array.of(0x41, 0xff, 0x41, 0x80, 0xff), 'auto'],
    ['CP949 read as UTF-8 on request', iconv.encode(body, 'cp949'), 'utf-8'],
    ['UTF-8 read as CP949 on request', utf8(body), 'cp949'],
    ['lost characters saved as such', utf8(body.replaceAll(/[가-힣]/g, '\uFFFD')), 'auto'],
    ['UTF-8 once read as Western', utf8(iconv.decode(Buffer.from(body), 'latin1')), 'auto'],
    ['CP949 once read as Western', utf8(iconv.decode(iconv.encode(body, 'cp949'), 'latin1')), 'auto'],
    ['UTF-8 once read as CP949', utf8(iconv.decode(Buffer.from(body), 'cp949').replaceAll('\uFFFD', '?')), 'auto'],
    ['a lone surrogate in UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0, 0, 0xd8, 0x41, 0), 'auto'],
  ] as const)('%s', (_, bytes, wanted) => {
    expect(read(bytes, wanted)).toBe('file-encoding-broken')
  })

  test('a single odd character is left to its row', () => {
    expect(read(utf8(`${body}ORD-9,1000,홍\uFFFD동`))).toMatchObject({ encoding: 'utf-8' })
  })

  test('a single cell that was misread is known by its letters', () => {
    expect(looksMisread('?붾젅')).toBe(true)
    expect(looksMisread(iconv.decode(Buffer.from('환불 요청'), 'cp949').replaceAll('\uFFFD', '?'))).toBe(true)
    for (const cell of ['왜?취소', '환불?네', '똠방각하', '漢字', '?', '주문 취소?'])
      expect(looksMisread(cell), cell).toBe(false)
  })
})
