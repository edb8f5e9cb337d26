import type { SecretBridge } from '../../contract/bridge'
import type { SecretPrompt, SecretSubmit } from '../../contract/secret'
import type { Problem } from '../../domain/problem'

declare global {
  interface Window {
    readonly refundDeskSecret: SecretBridge
  }
}

/** What the secret window is for. */
export function describePrompt(): Promise<SecretPrompt> {
  return window.refundDeskSecret.describe()
}

/** Hands the entry to main, which closes the window when all is well; answers the problem that keeps it open. */
export async function submitEntry(entry: SecretSubmit): Promise<Problem | null> {
  try {
    const answer = await window.refundDeskSecret.submit(entry)
    return answer.ok ? null : answer.problem
  } catch {
    // A refused call names no problem of its own, and nothing was accepted.
    return { code: 'unexpected' }
  }
}

export function cancelPrompt(): void {
  void window.refundDeskSecret.cancel()
}
