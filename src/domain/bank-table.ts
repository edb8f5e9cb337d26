/**
 * Korean institutions that can stand in a refund file, by the 3-digit KFTC code.
 *
 * Sources: PortOne's V1 bank code page, KICC's common codes, NICE's manual, the bank names of PortOne's V2 schema and
 * several public code lists that agree (collected 2026-11-21). KFTC's own master list could not be read.
 * `status`: `merged:NNN` names the successor; `ambiguous` means that lists disagree about the code, so a person chooses;
 * `not_retail` and `historic` have no customers' accounts.
 */
export type BankKind = 'bank' | 'cooperative' | 'securities' | 'other'
export type BankStatus =
  | 'active'
  | 'rare'
  | 'not_retail'
  | 'renamed'
  | 'ambiguous'
  | 'historic'
  | 'merged'
  | `merged:${string}`

export interface Bank {
  /** 3-digit KFTC institution code. */
  readonly code: string
  readonly nameKo: string
  readonly nameEn: string
  /** Older and short names of the sources; compared whole, never as a part. */
  readonly aliases: readonly string[]
  readonly kind: BankKind
  readonly status: BankStatus
}

/** code, Korean name, English name, aliases separated by `|`, kind, status. */
const ROWS: readonly (readonly [string, string, string, string, BankKind, BankStatus])[] = [
  ['001', '한국은행', 'Bank of Korea', '', 'bank', 'not_retail'],
  ['002', '산업은행', 'Korea Development Bank', 'KDB산업은행|KDB|KDB Bank', 'bank', 'active'],
  ['003', '기업은행', 'Industrial Bank of Korea', 'IBK기업은행|IBK', 'bank', 'active'],
  ['004', '국민은행', 'Kookmin Bank', 'KB국민은행|KB|국민|Kookmin', 'bank', 'active'],
  ['005', '외환은행', 'Korea Exchange Bank', 'KEB|외환', 'bank', 'merged:081'],
  ['007', '수협은행', 'Suhyup Bank', 'Sh수협은행|수협|Sh', 'bank', 'active'],
  ['008', '수출입은행', 'Export-Import Bank of Korea', 'KEXIM', 'bank', 'not_retail'],
  ['011', '농협은행', 'NongHyup Bank', 'NH농협은행|NH농협|농협|NH|농협중앙회', 'bank', 'active'],
  ['012', '지역농축협', 'Local NongHyup', '단위농협|농협회원조합|축협|지역농.축협|Local Nonghyup', 'bank', 'active'],
  ['020', '우리은행', 'Woori Bank', '우리|Woori', 'bank', 'active'],
  ['023', 'SC제일은행', 'Standard Chartered Bank Korea', 'SC은행|SC|제일은행|스탠다드차타드|SCBank', 'bank', 'active'],
  ['026', '(구)서울은행 / 신한은행', 'Seoul Bank (old) / Shinhan (KICC, KSNET)', '', 'bank', 'ambiguous'],
  ['027', '한국씨티은행', 'Citibank Korea', '씨티은행|씨티|Citi', 'bank', 'active'],
  ['030', '수협중앙회', 'National Federation of Fisheries Cooperatives', 'Suhyup Federation', 'cooperative', 'active'],
  ['031', '아이엠뱅크', 'iM Bank', 'iM뱅크|대구은행|DGB대구은행|DGB|Daegu Bank', 'bank', 'renamed'],
  ['032', '부산은행', 'Busan Bank', 'BNK부산은행', 'bank', 'active'],
  ['034', '광주은행', 'Kwangju Bank', 'KJ', 'bank', 'active'],
  ['035', '제주은행', 'Jeju Bank', '', 'bank', 'active'],
  ['037', '전북은행', 'Jeonbuk Bank', 'JB전북은행|JB', 'bank', 'active'],
  ['039', '경남은행', 'Kyongnam Bank', 'BNK경남은행|KN', 'bank', 'active'],
  [
    '045',
    '새마을금고',
    'Korean Federation of Community Credit Cooperatives',
    'MG새마을금고|MG|새마을금고중앙회|새마을금고연합회|새마을|KFCC',
    'cooperative',
    'active',
  ],
  ['048', '신협', 'National Credit Union Federation', '신협중앙회|CU|NACUFOK|Shinhyup', 'cooperative', 'active'],
  ['050', '저축은행', 'Mutual Savings Banks', '상호저축은행|저축은행중앙회', 'cooperative', 'active'],
  ['051', '기타 외국계은행', 'Other foreign banks', '', 'bank', 'rare'],
  ['052', '모간스탠리은행', 'Morgan Stanley Bank', '모건스탠리은행', 'bank', 'rare'],
  ['054', 'HSBC은행', 'HSBC', '홍콩상하이은행', 'bank', 'rare'],
  ['055', '도이치은행', 'Deutsche Bank', '', 'bank', 'rare'],
  ['057', '제이피모간체이스은행', 'JPMorgan Chase Bank', '', 'bank', 'rare'],
  ['058', '미즈호은행', 'Mizuho Bank', '미즈호코퍼레이트은행', 'bank', 'rare'],
  ['059', '엠유에프지은행', 'MUFG Bank', '미쓰비시도쿄UFJ은행', 'bank', 'rare'],
  ['060', 'BOA은행', 'Bank of America', 'BOA', 'bank', 'rare'],
  ['061', '비엔피파리바은행', 'BNP Paribas', '', 'bank', 'rare'],
  ['062', '중국공상은행', 'ICBC', '', 'bank', 'rare'],
  ['063', '중국은행', 'Bank of China', '', 'bank', 'rare'],
  ['064', '산림조합', 'National Forestry Cooperative Federation', '산림조합중앙회|NFCF|산림', 'cooperative', 'active'],
  ['065', '대화은행', 'United Overseas Bank', 'UOB', 'bank', 'rare'],
  ['066', '교통은행', 'Bank of Communications', 'BOCOM', 'bank', 'rare'],
  ['071', '우체국', 'Korea Post', '우체국예금보험|우체국예금|정보통신부 우체국|Post', 'bank', 'active'],
  ['076', '신용보증기금', 'Korea Credit Guarantee Fund', 'KODIT', 'other', 'not_retail'],
  ['077', '기술보증기금', 'Korea Technology Finance Corporation', '기술신용보증기금|KIBO', 'other', 'not_retail'],
  ['081', '하나은행', 'Hana Bank', 'KEB하나은행|하나(외환)은행|하나|KEB Hana', 'bank', 'active'],
  ['088', '신한은행', 'Shinhan Bank', '신한|Shinhan', 'bank', 'active'],
  ['089', '케이뱅크', 'K Bank', 'K뱅크|Kbank|케이', 'bank', 'active'],
  ['090', '카카오뱅크', 'Kakao Bank', '카카오|카뱅|kakaobank', 'bank', 'active'],
  ['092', '토스뱅크', 'Toss Bank', '토스|tossbank', 'bank', 'active'],
  ['093', '한국주택금융공사', 'Korea Housing Finance Corporation', '', 'other', 'not_retail'],
  ['094', '서울보증보험', 'Seoul Guarantee Insurance', 'SGI', 'other', 'not_retail'],
  ['099', '금융결제원', 'KFTC', '', 'other', 'not_retail'],
  ['209', '유안타증권', 'Yuanta Securities', '동양종합금융증권|동양증권', 'securities', 'active'],
  ['218', 'KB증권', 'KB Securities', '현대증권', 'securities', 'renamed'],
  ['221', '상상인증권', 'Sangsangin Securities', '골든브릿지투자증권', 'securities', 'renamed'],
  ['222', '한양증권', 'Hanyang Securities', '', 'securities', 'active'],
  ['223', '리딩투자증권', 'Leading Investment & Securities', '', 'securities', 'active'],
  ['224', 'BNK투자증권', 'BNK Securities', '', 'securities', 'active'],
  ['225', 'IBK투자증권', 'IBK Securities', '', 'securities', 'active'],
  ['227', '다올투자증권', 'DAOL Investment & Securities', 'KTB투자증권|KTB', 'securities', 'renamed'],
  ['230', '미래에셋증권 (구)', 'Mirae Asset Securities (old code)', '', 'securities', 'ambiguous'],
  ['238', '미래에셋증권', 'Mirae Asset Securities', '미래에셋대우|대우증권', 'securities', 'renamed'],
  ['240', '삼성증권', 'Samsung Securities', '', 'securities', 'active'],
  ['243', '한국투자증권', 'Korea Investment & Securities', '한국투자', 'securities', 'active'],
  ['247', 'NH투자증권', 'NH Investment & Securities', '우리투자증권 (구)', 'securities', 'renamed'],
  ['256', '이베스트투자증권 (KICC 표기)', 'eBest Securities (KICC list)', '', 'securities', 'ambiguous'],
  ['261', '교보증권', 'Kyobo Securities', '', 'securities', 'active'],
  ['262', '하이투자증권', 'HI Investment & Securities', 'iM증권 (unconfirmed)', 'securities', 'active'],
  ['263', '현대차증권', 'Hyundai Motor Securities', 'HMC투자증권|에이치엠씨투자증권|HMC', 'securities', 'renamed'],
  ['264', '키움증권', 'Kiwoom Securities', '', 'securities', 'active'],
  ['265', 'LS증권', 'LS Securities', '이베스트투자증권|이트레이드증권|eBest', 'securities', 'renamed'],
  ['266', 'SK증권', 'SK Securities', '에스케이증권', 'securities', 'active'],
  ['267', '대신증권', 'Daishin Securities', '', 'securities', 'active'],
  ['268', '솔로몬투자증권', 'Solomon Securities', '', 'securities', 'historic'],
  ['269', '한화투자증권', 'Hanwha Investment & Securities', '한화증권', 'securities', 'active'],
  ['270', '하나증권', 'Hana Securities', '하나금융투자|하나대투증권|하나금융증권', 'securities', 'renamed'],
  ['271', '토스증권', 'Toss Securities', '', 'securities', 'active'],
  ['278', '신한투자증권', 'Shinhan Securities', '신한금융투자', 'securities', 'renamed'],
  ['279', 'DB금융투자', 'DB Financial Investment', '동부증권', 'securities', 'renamed'],
  ['280', '유진투자증권', 'Eugene Investment & Securities', '', 'securities', 'active'],
  ['287', '메리츠증권', 'Meritz Securities', '메리츠종합금융증권', 'securities', 'active'],
  ['288', '카카오페이증권', 'Kakao Pay Securities', '', 'securities', 'active'],
  ['289', 'NH투자증권 (구 농협증권)', 'NH Investment & Securities (old code)', '', 'securities', 'ambiguous'],
  ['290', '부국증권', 'Bookook Securities', '', 'securities', 'active'],
  ['291', '신영증권', 'Shinyoung Securities', '', 'securities', 'active'],
  ['292', '케이프투자증권', 'Cape Investment & Securities', '엘아이지투자증권|LIG투자증권', 'securities', 'renamed'],
  ['293', '한국증권금융', 'Korea Securities Finance', '', 'securities', 'active'],
  ['294', '한국포스증권', 'Korea Foss Securities', '펀드온라인코리아', 'securities', 'merged'],
  ['295', '우리투자증권', 'Woori Investment & Securities', '우리종합금융', 'securities', 'renamed'],
]

export const BANKS: readonly Bank[] = ROWS.map(([code, nameKo, nameEn, aliases, kind, status]) => ({
  code,
  nameKo,
  nameEn,
  aliases: aliases === '' ? [] : aliases.split('|'),
  kind,
  status,
}))
