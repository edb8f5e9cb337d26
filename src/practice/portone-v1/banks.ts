/**
 * `refund_bank` is written in the code system of the PG behind the channel: the same bank has another code at each, and
 * the same digits may be another bank. Source: PortOne's V1 bank code page; ksnet from one public project only.
 */
const COMMON_CODES = '002 003 004 007 011 012 020 023 027 031 032 034 037 039 045 048 071 081 088 089 090 092'.split(
  ' ',
)
const common: ReadonlySet<string> = new Set(COMMON_CODES)
const lastTwo: ReadonlySet<string> = new Set(COMMON_CODES.map((code) => code.slice(1)))
const kcp: ReadonlySet<string> = new Set(COMMON_CODES.map((code) => `BK${code.slice(1)}`))

const CODES_BY_PG: Readonly<Record<string, ReadonlySet<string>>> = {
  kcp,
  kcp_quick: kcp,
  html5_inicis: lastTwo,
  inicis: lastTwo,
  nice_v2: new Set('003 004 011 020 023 031 032 034 071 081 088 089'.split(' ')),
  welcome: new Set('003 004 007 020 031 032 034 037 039 081 088 089'.split(' ')),
  daou: new Set('03 04 05 08 09 10 11 12 15 31'.split(' ')),
  ksnet: new Set('03 04 05 11 20 23 26 31 32 34 37 39 71'.split(' ')),
  tosspayments: common,
  nice: common,
  kicc: common,
  smartro: common,
  smartro_v2: common,
}

/** An unlisted PG has no table to check against, so it takes any code. */
export function knowsBank(pgProvider: string, refundBank: string): boolean {
  return CODES_BY_PG[pgProvider]?.has(refundBank) ?? true
}
