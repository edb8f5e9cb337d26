/** What is noted of an attempt, step by step; also the i18n key of its sentence (`evidence.<what>`). */
export const EVIDENCE = [
  'prepared',
  'sending',
  'accepted',
  'pending',
  'rejected',
  'unproven',
  'answer-lost',
  'odd-answer',
  'not-sent',
  'found-by-tag',
  'found-by-key',
  'nothing-changed',
  'looks-like-ours',
  'changed-otherwise',
  'recovered-prepared',
  'recovered-sending',
  'repeat',
  'refusal-confirmed',
  'decided-not-sent',
  'decided-ours',
] as const
export type Evidence = (typeof EVIDENCE)[number]
