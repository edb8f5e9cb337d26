const DOT = '•'

/** Shows the last four characters only, separators kept: `562-11105-948400` -> `•••-•••••-••8400`. */
export function maskAccount(account: string): string {
  const characters = Array.from(account)
  const hidden = characters.filter(isSignificant).length - 4
  // Four characters or fewer would be shown whole.
  let left = hidden > 0 ? hidden : characters.length
  return characters.map((character) => (isSignificant(character) && left-- > 0 ? DOT : character)).join('')
}

function isSignificant(character: string): boolean {
  return character !== '-' && character !== ' '
}

/** `홍길동` -> `홍*동`, `홍길` -> `홍*`, `John Smith` -> `J*** S****`. One letter alone is hidden. */
export function maskName(name: string): string {
  const words = name.trim().split(/\s+/u)
  return words.map((word) => (/^\p{Script=Latin}/u.test(word) ? firstShown(word) : endsShown(word))).join(' ')
}

function firstShown(word: string): string {
  const [first = '', ...rest] = Array.from(word)
  return rest.length === 0 ? '*'.repeat(first === '' ? 0 : 1) : first + '*'.repeat(rest.length)
}

function endsShown(word: string): string {
  const letters = Array.from(word)
  if (letters.length <= 2) return firstShown(word)
  return `${letters[0] ?? ''}${'*'.repeat(letters.length - 2)}${letters.at(-1) ?? ''}`
}

/** `01012345678` -> `010-****-5678`; other shapes show the last four digits only. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/gu, '')
  const mobile = /^(01\d)\d{3,4}(\d{4})$/u.exec(digits)
  if (mobile !== null) return `${mobile[1] ?? ''}-****-${mobile[2] ?? ''}`
  return digits.length <= 4 ? '*'.repeat(digits.length) : `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`
}
