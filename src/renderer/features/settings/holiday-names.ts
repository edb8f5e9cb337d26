import type { Language } from '../../../contract/views'

/** The gazette's names in English; the table itself is Korean. */
const ENGLISH_NAMES: Readonly<Record<string, string>> = {
  '1월 1일': "New Year's Day",
  '설날 전날': 'Day before Seollal',
  설날: 'Seollal',
  '설날 다음 날': 'Day after Seollal',
  '3ㆍ1절': 'March First Day',
  노동절: 'Labour Day',
  '근로자의 날': 'Labour Day',
  어린이날: "Children's Day",
  '부처님 오신 날': "Buddha's Birthday",
  현충일: 'Memorial Day',
  제헌절: 'Constitution Day',
  광복절: 'Liberation Day',
  '추석 전날': 'Day before Chuseok',
  추석: 'Chuseok',
  '추석 다음 날': 'Day after Chuseok',
  개천절: 'National Foundation Day',
  한글날: 'Hangul Day',
  기독탄신일: 'Christmas Day',
  임시공휴일: 'Temporary holiday',
  대통령선거: 'Presidential election',
  전국동시지방선거: 'Local elections',
}
const ASSEMBLY_ELECTION = /^제\d+대 ?국회의원선거$/
const IN_PARTS = /^(대체공휴일|임시공휴일)\((.+)\)$/

function englishName(name: string): string {
  if (ASSEMBLY_ELECTION.test(name)) return 'General election'
  const [, kind, cause] = IN_PARTS.exec(name) ?? []
  if (kind === undefined || cause === undefined) return ENGLISH_NAMES[name] ?? name
  return `${kind === '대체공휴일' ? 'Substitute holiday' : 'Temporary holiday'} (${englishName(cause)})`
}

/** The name of a holiday as the screen says it; what a person entered stays as it is. */
export function holidayName(name: string, language: Language): string {
  return language === 'ko' ? name : name.split(' · ').map(englishName).join(' · ')
}
