/** One line on the terminal about what the set-up does or found. */
export function say(line) {
  process.stderr.write(`set-up: ${line}\n`)
}

/** Trouble that a person can act on: the message says what to do, no stack is shown. */
export class SetupTrouble extends Error {}
