import { describe, expect, it } from 'vitest'
import { detailText, rawDetail } from '../../../../src/renderer/features/audit/detail-text'

describe('details of the record', () => {
  it('are one line of counts and amounts, in the order that a person asks for them', () => {
    const detail = '{"amount":3225600,"checkAgeMs":65000,"contentHash":"3c40ac20","rows":24}'
    expect(detailText(detail, 'ko')).toBe('건수 24 · 금액 3,225,600원 · 점검하고 1분 5초 뒤')
    expect(detailText(detail, 'en')).toBe('Rows: 24 · Amount: ₩3,225,600 · 1 min 5 s after the check')
  })

  it('write codes in words, and a difference with its sign', () => {
    expect(detailText('{"difference":-1000,"kind":"only-at-pg"}', 'ko')).toMatch(/^차이 −1,000원 · /)
    expect(detailText('{"difference":-1000,"kind":"only-at-pg"}', 'ko')).not.toContain('only-at-pg')
    expect(detailText('{"problem":"pg-offline"}', 'ko')).toBe('PG에 연결되지 않습니다.')
    expect(detailText('{"roles":"maker,admin"}', 'ko')).toBe('역할 기안자, 관리자')
    expect(detailText('{"ok":false}', 'ko')).toBe('실패')
    expect(detailText('{"ok":true}', 'ko')).toBe('성공')
  })

  it('name a PG, a rule and the options that changed as the settings do', () => {
    expect(detailText('{"pg":"kicc"}', 'ko')).toBe('KICC 이지페이')
    expect(detailText('{"rule":"kicc/mobile-month"}', 'ko')).toContain('휴대폰 결제는 계좌로 환불하며')
    expect(detailText('{"rule":"kicc/gone"}', 'ko')).toBe('kicc/gone')
    expect(detailText('{"options":"merchantId: T0000001, services: settlement,real-time","parallel":2}', 'ko')).toBe(
      '동시에 2건 · 바꾼 설정: 상점 ID, 계약한 환불 서비스',
    )
    expect(detailText('{"options":""}', 'ko')).toBe('')
    expect(detailText('{"paidOut":3,"payoutFailed":1}', 'ko')).toBe('입금 완료 3 · 입금 실패 1')
  })

  it('leave out ids, marks, fingerprints, and whatever this version does not write', () => {
    const detail = '{"amount":"many","attempt":"attempt_1","row":"row_1","sha256":"ab","tag":"RD7K2M9QX4","wonder":5}'
    expect(detailText(detail, 'ko')).toBe('')
    expect(detailText('{}', 'ko')).toBe('')
    expect(detailText('{"state":"no-such-state","kind":"no-such-kind","problem":"no-such-problem"}', 'ko')).toBe('')
    for (const broken of ['점검', '{"amount":', '5', 'null']) expect(detailText(broken, 'ko')).toBe('')
  })

  it('stand in full in the raw record', () => {
    expect(JSON.parse(rawDetail('{"tag":"RD7K2M9QX4","wonder":5}'))).toEqual({ tag: 'RD7K2M9QX4', wonder: 5 })
  })
})
