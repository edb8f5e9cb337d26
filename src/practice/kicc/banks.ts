/**
 * KICC's bank codes with the names it prints, from its public bank code page. 026 stands beside 088 for Shinhan (older
 * virtual accounts), and 005 is still listed though Hana took that bank over.
 */
const NAMES: Readonly<Record<string, string>> = {
  '002': '산업은행',
  '003': '기업은행',
  '004': '국민은행',
  '005': '외환은행',
  '007': '수협은행',
  '011': '농협은행',
  '012': '지역농축협',
  '020': '우리은행',
  '023': 'SC제일은행',
  '026': '신한은행',
  '027': '한국씨티은행',
  '030': '수협중앙회',
  '031': '아이엠뱅크',
  '032': '부산은행',
  '034': '광주은행',
  '035': '제주은행',
  '037': '전북은행',
  '039': '경남은행',
  '045': '새마을금고',
  '048': '신협',
  '050': '저축은행',
  '064': '산림조합',
  '071': '우체국',
  '081': '하나은행',
  '088': '신한은행',
  '089': '케이뱅크',
  '090': '카카오뱅크',
  '092': '토스뱅크',
  '218': 'KB증권',
  '227': '다올투자증권',
  '238': '미래에셋증권',
  '240': '삼성증권',
  '243': '한국투자증권',
  '247': 'NH투자증권',
  '256': '이베스트투자증권',
  '261': '교보증권',
  '262': '하이투자증권',
  '263': '현대차증권',
  '264': '키움증권',
  '266': 'SK증권',
  '267': '대신증권',
  '269': '한화투자증권',
  '270': '하나증권',
  '271': '토스증권',
  '278': '신한투자증권',
  '279': 'DB금융투자',
  '280': '유진투자증권',
  '287': '메리츠증권',
}

/** Nothing for a code that is not KICC's. */
export const bankName = (code: string): string | undefined => (Object.hasOwn(NAMES, code) ? NAMES[code] : undefined)

/** Notifications write a bank in two digits where a request needs three. */
export const noticeBankCode = (code: string): string => (code.startsWith('0') ? code.slice(1) : code)
