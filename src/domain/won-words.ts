import type { Won } from './money'

const DIGITS = ['', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'] as const
const PLACES = ['', '십', '백', '천'] as const
const MYRIADS = ['', '만', '억', '조'] as const

/** One group of four digits; 일 is always said, as on a cheque, so that nothing can be written in front of it. */
function groupInWords(group: number): string {
  return Array.from(String(group))
    .map((digit, index, all) =>
      digit === '0' ? '' : `${DIGITS[Number(digit)] ?? ''}${PLACES[all.length - 1 - index] ?? ''}`,
    )
    .join('')
}

/** An amount in Korean words, as approvals and sheets state it: 1,200,000 -> `일백이십만 원`. */
export function wonInWords(won: Won): string {
  if (won === 0) return '영 원'
  const groups: string[] = []
  for (let rest = Math.abs(won), place = 0; rest > 0; rest = Math.floor(rest / 10_000), place += 1) {
    const group = rest % 10_000
    if (group > 0) groups.unshift(`${groupInWords(group)}${MYRIADS[place] ?? ''}`)
  }
  return `${won < 0 ? '마이너스 ' : ''}${groups.join(' ')} 원`
}
