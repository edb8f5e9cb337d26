import { existsSync, readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { BANKS } from '../../../src/domain/bank'
import { pgBankCode } from '../../../src/domain/pg-rules/bank-codes'

describe('pgBankCode', () => {
  test('writes one bank in the code of each PG', () => {
    const shinhan = [
      'kcp',
      'kcp_quick',
      'html5_inicis',
      'inicis',
      'nice',
      'nice_v2',
      'welcome',
      'daou',
      'tosspayments',
      'danal',
      'kicc',
      'smartro',
      'smartro_v2',
      'settle',
    ]
    expect(Object.fromEntries(shinhan.map((provider) => [provider, pgBankCode(provider, '088')]))).toEqual({
      kcp: 'BK88',
      kcp_quick: 'BK88',
      html5_inicis: '88',
      inicis: '88',
      nice: '088',
      nice_v2: '088',
      welcome: '088',
      daou: '10',
      tosspayments: '088',
      danal: '088',
      kicc: '088',
      smartro: '088',
      smartro_v2: '088',
      settle: '088',
    })
  })

  test('is not fooled by equal digits: 11 and 12 are other banks at daou', () => {
    expect(pgBankCode('daou', '023')).toBe('11')
    expect(pgBankCode('daou', '081')).toBe('12')
    expect(pgBankCode('html5_inicis', '011')).toBe('11')
  })

  test('is null for a bank that the PG does not offer', () => {
    expect(pgBankCode('daou', '090')).toBeNull()
    expect(pgBankCode('nice_v2', '092')).toBeNull()
    expect(pgBankCode('kcp', '035')).toBeNull()
    expect(pgBankCode('tosspayments', '050')).toBeNull()
  })

  test('is null for a PG without a table, and for names of JavaScript', () => {
    expect(pgBankCode('payco', '088')).toBeNull()
    expect(pgBankCode('someone', '088')).toBeNull()
    expect(pgBankCode('constructor', '088')).toBeNull()
    expect(pgBankCode('kcp', 'constructor')).toBeNull()
  })

  test('is the KFTC code itself at KICC, of the institutions that it lists', () => {
    expect(pgBankCode('easypay', '088')).toBe('088')
    expect(pgBankCode('easypay', '050')).toBe('050')
    expect(pgBankCode('easypay', '271')).toBe('271')
    expect(pgBankCode('easypay', '001')).toBeNull()
    expect(pgBankCode('easypay', '265')).toBeNull()
  })

  test('has no two banks with one code at one PG', () => {
    for (const provider of ['kcp', 'html5_inicis', 'tosspayments', 'nice_v2', 'welcome', 'daou', 'easypay']) {
      const codes = BANKS.map((bank) => pgBankCode(provider, bank.code)).filter((code) => code !== null)
      expect(new Set(codes).size, provider).toBe(codes.length)
    }
  })
})

/** The collected table lies beside the project in the room where it was written, not in a clone. */
const COLLECTED = new URL('../../../../shared/reference/bank-codes.csv', import.meta.url)

describe('against the collected table', () => {
  test.skipIf(!existsSync(COLLECTED))('agrees with bank-codes.csv in every bank and every code', () => {
    const [head = '', ...lines] = readFileSync(COLLECTED, 'utf8').trim().split('\n')
    const names = head.split(',')
    const rows = lines.map((line) => {
      const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? '')
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
    })
    expect(
      rows.map((row) => [row['kftc3'], row['name_ko'], row['name_en'], row['aliases'], row['kind'], row['status']]),
    ).toEqual(
      BANKS.map((bank) => [bank.code, bank.nameKo, bank.nameEn, bank.aliases.join('|'), bank.kind, bank.status]),
    )
    const columns = {
      kcp: 'kcp',
      html5_inicis: 'inicis',
      nice_v2: 'nice_v2',
      welcome: 'welcome',
      daou: 'daou',
      tosspayments: 'portone_v1_3digit',
      kicc: 'portone_v1_3digit',
      ksnet: 'ksnet_vbank',
      easypay: 'kicc',
    }
    for (const row of rows) {
      for (const [provider, column] of Object.entries(columns))
        expect(pgBankCode(provider, row['kftc3'] ?? '') ?? '', `${provider} ${row['kftc3']}`).toBe(row[column])
    }
  })
})
