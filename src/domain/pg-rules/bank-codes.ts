/**
 * A bank has another code at each PG, and the same digits may be another bank elsewhere: the ledger keeps the KFTC code
 * and converts only when sending.
 *
 * Source: PortOne's V1 bank code page (`opi/ko/support/code-info/pg-1`, state of 2026-08-06). One table there serves
 * Toss Payments, Danal, NICE, KICC, Smartro and Hecto. KSNET is not on that page: its codes come from one public
 * project's list of virtual account banks and want a confirmation by KSNET.
 */
const PG_CODES: Readonly<Record<string, Partial<Record<BankCodeTable, string>>>> = {
  '002': { common: '002', kcp: 'BK02', inicis: '02' },
  '003': { common: '003', kcp: 'BK03', inicis: '03', niceV2: '003', welcome: '003', daou: '03', ksnet: '03' },
  '004': { common: '004', kcp: 'BK04', inicis: '04', niceV2: '004', welcome: '004', daou: '04', ksnet: '04' },
  '005': { daou: '05' },
  '007': { common: '007', kcp: 'BK07', inicis: '07', welcome: '007' },
  '011': { common: '011', kcp: 'BK11', inicis: '11', niceV2: '011', daou: '08', ksnet: '11' },
  '012': { common: '012', kcp: 'BK12', inicis: '12' },
  '020': { common: '020', kcp: 'BK20', inicis: '20', niceV2: '020', welcome: '020', daou: '09', ksnet: '20' },
  '023': { common: '023', kcp: 'BK23', inicis: '23', niceV2: '023', daou: '11', ksnet: '23' },
  '027': { common: '027', kcp: 'BK27', inicis: '27' },
  '031': { common: '031', kcp: 'BK31', inicis: '31', niceV2: '031', welcome: '031', ksnet: '31' },
  '032': { common: '032', kcp: 'BK32', inicis: '32', niceV2: '032', welcome: '032', daou: '15', ksnet: '32' },
  '034': { common: '034', kcp: 'BK34', inicis: '34', niceV2: '034', welcome: '034', ksnet: '34' },
  '037': { common: '037', kcp: 'BK37', inicis: '37', welcome: '037', ksnet: '37' },
  '039': { common: '039', kcp: 'BK39', inicis: '39', welcome: '039', ksnet: '39' },
  '045': { common: '045', kcp: 'BK45', inicis: '45' },
  '048': { common: '048', kcp: 'BK48', inicis: '48' },
  '071': { common: '071', kcp: 'BK71', inicis: '71', niceV2: '071', daou: '31', ksnet: '71' },
  '081': { common: '081', kcp: 'BK81', inicis: '81', niceV2: '081', welcome: '081', daou: '12', ksnet: '05' },
  '088': { common: '088', kcp: 'BK88', inicis: '88', niceV2: '088', welcome: '088', daou: '10', ksnet: '26' },
  '089': { common: '089', kcp: 'BK89', inicis: '89', niceV2: '089', welcome: '089' },
  '090': { common: '090', kcp: 'BK90', inicis: '90' },
  '092': { common: '092', kcp: 'BK92', inicis: '92' },
}

export type BankCodeTable = 'common' | 'kcp' | 'inicis' | 'niceV2' | 'welcome' | 'daou' | 'ksnet'

const TABLE_OF_PROVIDER: Readonly<Record<string, BankCodeTable>> = {
  tosspayments: 'common',
  danal: 'common',
  danal_tpay: 'common',
  nice: 'common',
  kicc: 'common',
  smartro: 'common',
  smartro_v2: 'common',
  settle: 'common',
  kcp: 'kcp',
  kcp_quick: 'kcp',
  html5_inicis: 'inicis',
  inicis: 'inicis',
  nice_v2: 'niceV2',
  welcome: 'welcome',
  daou: 'daou',
  ksnet: 'ksnet',
}

/**
 * KICC's own interface, apart from the one behind PortOne: it takes the KFTC code as it is, of these institutions (its
 * bank code page). 005 has become 081, and 026 and 256 mean another institution elsewhere; a person chooses those.
 */
const EASYPAY_CODES: ReadonlySet<string> = new Set(
  (
    '002 003 004 005 007 011 012 020 023 026 027 030 031 032 034 035 037 039 045 048 050 064 071 081 088 089 090 092 ' +
    '218 227 238 240 243 247 256 261 262 263 264 266 267 269 270 271 278 279 280 287'
  ).split(' '),
)

/** The PG's own code of a bank, by KFTC code; null where the PG does not offer the bank or its table is not known. */
export function pgBankCode(provider: string, kftc: string): string | null {
  if (provider === 'easypay') return EASYPAY_CODES.has(kftc) ? kftc : null
  const table = Object.hasOwn(TABLE_OF_PROVIDER, provider) ? TABLE_OF_PROVIDER[provider] : undefined
  if (table === undefined) return null
  return (Object.hasOwn(PG_CODES, kftc) ? PG_CODES[kftc]?.[table] : undefined) ?? null
}
