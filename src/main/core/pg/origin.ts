import { assert } from '../../../domain/result'
import { isLoopback } from './network'

/** The live address, or the one given if it is this machine: keys never go anywhere else. */
export function originOf(origin: string | null, liveHost: string): string {
  if (origin === null) return `https://${liveHost}`
  const url = new URL(origin)
  assert(url.protocol === 'http:' || url.protocol === 'https:', 'the address of a PG begins with http or https')
  assert(isLoopback(url.origin), 'keys are sent to the live address or to this machine only')
  assert(url.href === `${url.origin}/`, 'the address of a PG is scheme, host and port')
  return url.origin
}
