/** What PortOne's V2 console and exports call the key of a payment. The shop makes it, so it is its order number too. */
export const PAYMENT_KEY_NAMES: readonly string[] = ['paymentId']

/** Names of the secrets of a channel, as the vault keeps them and the settings screen lists them. */
export const SECRET_NAMES: readonly string[] = ['apiSecret']

/** The address that the settings screen shows. */
export const LIVE_HOST = 'api.portone.io'
