const PIN_LENGTH_MIN = 6
/** Practice moves no money; its PINs are printed in the guide. */
const PRACTICE_PIN_LENGTH_MIN = 4
/** More than anybody types; keeps the slow hash's input small. */
const PIN_LENGTH_MAX = 64

/** The same PIN typed on another keyboard or system gives the same text. */
export function normalPin(pin: string): string {
  return pin.normalize('NFC')
}

/** Whether a PIN is too short, a repetition (111111, 123123) or a run (123456, fedcba). */
export function isWeakPin(pin: string, rules: { readonly practice: boolean }): boolean {
  const signs = Array.from(normalPin(pin))
  if (signs.length > PIN_LENGTH_MAX) return true
  if (rules.practice) return signs.length < PRACTICE_PIN_LENGTH_MIN
  return signs.length < PIN_LENGTH_MIN || isRepetition(signs.join('')) || isRun(signs)
}

function isRepetition(pin: string): boolean {
  return /^(.{1,3})\1+$/su.test(pin)
}

function isRun(signs: readonly string[]): boolean {
  const codes = signs.map((sign) => sign.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, place) => code - (codes[place] ?? 0)))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}
