/** What KICC's console and exports call the key of a payment. */
export const PAYMENT_KEY_NAMES: readonly string[] = ['pgCno']

/** Names of the secrets of a channel, as the vault keeps them and the settings screen lists them. */
export const SECRET_NAMES: readonly string[] = ['secretKey']

/** The address that real refunds go to; the settings screen shows it. */
export const LIVE_HOST = 'pgapi.easypay.co.kr'

/** KICC's test environment. */
export const TEST_HOST = 'testpgapi.easypay.co.kr'
