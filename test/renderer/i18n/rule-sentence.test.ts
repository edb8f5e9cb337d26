import { describe, expect, it } from 'vitest'
import { PG_KINDS } from '../../../src/domain/pg'
import { KICC_PROVIDERS } from '../../../src/domain/pg-rules/rules/kicc'
import { PORTONE_PROVIDERS } from '../../../src/domain/pg-rules/rules/providers'
import { rulesOfChannel } from '../../../src/domain/pg-rules/statements'
import { placesIn } from '../../../src/renderer/i18n/fill-sentence'
import { problemSentence } from '../../../src/renderer/i18n/problem-sentence'
import { KOREAN } from '../../../src/renderer/i18n/resources'
import { providerName } from '../../../src/renderer/i18n/provider-name'
import { ruleSource } from '../../../src/renderer/i18n/rule-source'
import { ruleSentence, sentenceOfRule } from '../../../src/renderer/i18n/rule-sentence'

describe('the rules of a PG in plain words', () => {
  it('quote their values', () => {
    expect(sentenceOfRule('ksnet/night-window', 'ksnet', 'ko')).toBe(
      'KSNET의 가상계좌 환불은 23:00부터 06:00까지 받지 않습니다. 그 시간이 지나면 스스로 이어서 보냅니다.',
    )
    expect(sentenceOfRule('ksnet/partial-max', 'ksnet', 'en')).toContain('up to 9 partial refunds')
  })

  it('name the days of a weekly payout', () => {
    const weekly = rulesOfChannel({ pg: 'portone-v1', provider: 'mobilians' }).find(
      ({ kind }) => kind === 'payout-weekly',
    )
    expect(weekly && ruleSentence(weekly, 'ko')).toContain('목요일에 입금됩니다. 화요일까지')
    expect(weekly && ruleSentence(weekly, 'en')).toContain('on Thursday')
  })

  it.each(['ko', 'en'] as const)('leave no place empty in %s', (language) => {
    for (const pg of PG_KINDS) {
      for (const provider of [...PORTONE_PROVIDERS, ...KICC_PROVIDERS]) {
        for (const statement of rulesOfChannel({ pg, provider })) {
          const sentence = ruleSentence(statement, language)
          expect(sentence, statement.id).not.toMatch(/[{}[\]]|undefined| {2}/)
          const given = new Set([...Object.keys(statement.values), 'methods'])
          const places = placesIn(KOREAN.rules[`rule.${statement.kind}`])
          expect(
            places.filter((name) => !given.has(name)),
            statement.id,
          ).toEqual([])
        }
      }
    }
  })

  it('name where they come from in the window’s language', () => {
    for (const pg of PG_KINDS) {
      for (const provider of [...PORTONE_PROVIDERS, ...KICC_PROVIDERS, 'nobody']) {
        for (const { id, source } of rulesOfChannel({ pg, provider })) {
          expect(ruleSource(source, 'en'), id).toBe(source)
          expect(ruleSource(source, 'ko'), id).toMatch(/^(포트원|KICC|취소 API|자체 기준)/)
        }
      }
    }
    expect(ruleSource('docs: of a newer book', 'ko')).toBe('docs: of a newer book')
  })

  it('name a PG by its English name in English', () => {
    expect(sentenceOfRule('kicc/mobile-month', 'easypay', 'en')).toContain('KICC EasyPay')
    expect(providerName('easypay', 'ko')).toBe('KICC 이지페이')
    for (const provider of [...PORTONE_PROVIDERS, ...KICC_PROVIDERS])
      expect(providerName(provider, 'en')).not.toMatch(/[가-힣]/)
  })

  it('are quoted where a person has overridden one, and a rule that is gone keeps its id', () => {
    const overridden = (rule: string) =>
      problemSentence({ code: 'rule-overridden', values: { rule, provider: 'kcp' } }, 'ko')
    expect(overridden('kcp/mobile-month')).toContain('규칙: NHN KCP의 휴대폰 결제는 결제한 달에만')
    expect(overridden('kcp/gone')).toContain('규칙: kcp/gone')
  })
})
