import type { RunState } from '../../src/contract/views'
import type { CoreStart } from '../../src/main/core/port'

export interface OpenDesk {
  readonly start: CoreStart
  /** Hexadecimal. */
  readonly masterKey: string
  /** Those of the practice PG, or ones that it does not know. */
  readonly pgKeys: 'right' | 'wrong'
  /** How long the vault takes to give them out, ms of the desk's time. */
  readonly vaultMs: number
  /** The desk's time was `startMs` when the machine's was `startedAtMs`, and runs `speed` times faster from there. */
  readonly startMs: number
  readonly startedAtMs: number
  readonly speed: number
}

export type ToDesk = { readonly id: number } & (
  | { readonly verb: 'open'; readonly options: OpenDesk }
  | { readonly verb: 'command'; readonly command: string; readonly input: unknown }
  /** Sets the desk's clock forward or back, and nobody else's. */
  | { readonly verb: 'shift'; readonly ms: number }
  | { readonly verb: 'stop' }
)

export type FromDesk =
  | { readonly ready: number }
  | { readonly run: RunState }
  | { readonly trouble: string }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly broke: string }
