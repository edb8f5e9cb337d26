/** `wait`: time passes until the first wait of the program ends. */
export const STEP_KINDS = ['send', 'answer', 'crash', 'clock', 'user', 'pg', 'wait'] as const
export type StepKind = (typeof STEP_KINDS)[number]
