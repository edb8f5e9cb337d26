import type { Language } from '../../contract/views'

/** Names of PGs as their own sites write them. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  // Rules that PortOne has for every PG behind it.
  portone: '포트원',
  html5_inicis: 'KG이니시스',
  inicis: 'KG이니시스',
  inicis_v2: 'KG이니시스',
  inicis_unified: 'KG이니시스',
  kcp: 'NHN KCP',
  kcp_quick: 'NHN KCP',
  kcp_billing: 'NHN KCP',
  kcp_v2: 'NHN KCP',
  tosspayments: '토스페이먼츠',
  nice: '나이스페이먼츠',
  nice_v2: '나이스페이먼츠',
  kicc: 'KICC 이지페이',
  easypay: 'KICC 이지페이',
  ksnet: 'KSNET',
  smartro: '스마트로',
  smartro_v2: '스마트로',
  danal: '다날',
  danal_tpay: '다날',
  settle: '헥토파이낸셜',
  welcome: '웰컴페이먼츠',
  daou: '키움페이',
  mobilians: 'KG모빌리언스',
  kakaopay: '카카오페이',
  naverpay: '네이버페이',
  payco: '페이코',
  tosspay: '토스페이',
  toss_brandpay: '토스 브랜드페이',
  paypal: 'PayPal',
  paypal_v2: 'PayPal',
  paymentwall: 'Paymentwall',
  eximbay: 'Eximbay',
}

/** The names that these companies use in English. */
const ENGLISH_NAMES: Readonly<Record<string, string>> = {
  포트원: 'PortOne',
  KG이니시스: 'KG Inicis',
  토스페이먼츠: 'Toss Payments',
  나이스페이먼츠: 'NICE Payments',
  'KICC 이지페이': 'KICC EasyPay',
  스마트로: 'Smartro',
  다날: 'Danal',
  헥토파이낸셜: 'Hecto Financial',
  웰컴페이먼츠: 'Welcome Payments',
  키움페이: 'Kiwoom Pay',
  KG모빌리언스: 'KG Mobilians',
  카카오페이: 'Kakao Pay',
  네이버페이: 'Naver Pay',
  페이코: 'Payco',
  토스페이: 'Toss Pay',
  '토스 브랜드페이': 'Toss BrandPay',
}

/** A PG's name for people; one that is not known keeps its code. */
export function providerName(provider: string, language: Language): string {
  const name = PROVIDER_NAMES[provider] ?? provider
  return language === 'ko' ? name : (ENGLISH_NAMES[name] ?? name)
}
