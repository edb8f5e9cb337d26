/** Whether a payment belongs to the store that this channel is about. */
export type IsOurStore = (storeId: string) => boolean

/**
 * A payment's id is the shop's own and unique within its store only. Where the settings name no store, PortOne may list
 * those of all stores of a merchant: then the first one seen is the store of this channel, and a second one is never
 * mixed into it.
 */
export function createStoreWatch(setStoreId: string): IsOurStore {
  let ours = setStoreId
  return (storeId) => {
    if (ours === '') ours = storeId
    return storeId === ours
  }
}
