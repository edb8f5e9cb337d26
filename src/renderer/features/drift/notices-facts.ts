import { PASTE_CHARS_MAX, type NoticesReport } from '../../../contract/pg'

/** What an import of notifications came to, in the order of its weight for a person. */
export const NOTICE_OUTCOMES = ['payoutFailed', 'paidOut', 'cancelsNew', 'paymentsNew', 'known', 'ignored'] as const
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number]

/** Only what there is any of: noughts would hide it. */
export function outcomesOf(
  report: Pick<NoticesReport, NoticeOutcome>,
): readonly { readonly outcome: NoticeOutcome; readonly count: number }[] {
  return NOTICE_OUTCOMES.map((outcome) => ({ outcome, count: report[outcome] })).filter(({ count }) => count > 0)
}

/** Money that came back is trouble, lines that could not be read are to be mended, a mismatch is to be settled. */
export function toneOf({
  payoutFailed,
  problemsAll,
  driftFound,
}: Pick<NoticesReport, 'payoutFailed' | 'problemsAll' | 'driftFound'>): 'red' | 'amber' | 'violet' | 'grey' {
  if (payoutFailed > 0) return 'red'
  if (problemsAll > 0) return 'amber'
  return driftFound > 0 ? 'violet' : 'grey'
}

/** Text that is cut off at the end would lose a notification silently, so that nothing is sent of what is too long. */
export function pasteState(text: string): 'empty' | 'fine' | 'too-long' {
  if (text.trim() === '') return 'empty'
  return text.length > PASTE_CHARS_MAX ? 'too-long' : 'fine'
}
