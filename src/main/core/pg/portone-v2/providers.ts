/**
 * Names of PortOne V2's enum `PgProvider` that the rule book calls otherwise. The newer interface of a PG is the same PG
 * with the same contract: the rule book takes its rules of these from the pages of both (kicc-v2, kg-mobilians-v2). NICE,
 * Smartro and PayPal have a key of their own for the newer one.
 */
const RULE_BOOK_KEYS: ReadonlyMap<string, string> = new Map([
  ['INICIS_V2', 'html5_inicis'],
  ['KCP_V2', 'kcp'],
  ['KICC_V2', 'kicc'],
  ['MOBILIANS_V2', 'mobilians'],
  ['EXIMBAY_V2', 'eximbay'],
  ['TOSSPAY_V2', 'tosspay'],
])

/** The rule-book key of a PG. One that is new to us stays under its own name, for which the rule book has nothing. */
export function providerOf(pgProvider: string): string {
  return RULE_BOOK_KEYS.get(pgProvider) ?? pgProvider.toLowerCase()
}
