/** What PortOne's console and exports call the key of a payment. */
export const PAYMENT_KEY_NAMES: readonly string[] = ['imp_uid']

/** Names of the secrets of a channel, as the vault keeps them and the settings screen lists them. */
export const SECRET_NAMES: readonly string[] = ['apiKey', 'apiSecret']

/** The address that the settings screen shows. */
export const LIVE_HOST = 'api.iamport.kr'
