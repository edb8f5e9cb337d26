/** Made-up buyers: family and given names are put together by number, none of them is a real person. */
const FAMILY = '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍'.split(' ')
const GIVEN =
  '가온 나래 다솜 라온 마루 미르 바다 별하 보람 새봄 소담 슬기 아라 여울 온유 우람 윤슬 은별 이든 자람 초롱 한결 한별 해솔 하람'.split(
    ' ',
  )

export function buyerName(number: number): string {
  return `${FAMILY[number % FAMILY.length]}${GIVEN[Math.floor(number / FAMILY.length + number) % GIVEN.length]}`
}

/** The 010-0000 block is not given to subscribers. */
export function buyerTel(number: number): string {
  return `010-0000-${String(number % 10_000).padStart(4, '0')}`
}

export const PRODUCTS: readonly { readonly name: string; readonly price: number }[] = [
  { name: '유기농 감귤 5kg', price: 29_900 },
  { name: '국산 참기름 2병', price: 38_000 },
  { name: '무선 이어폰', price: 129_000 },
  { name: '공기청정기 필터', price: 54_500 },
  { name: '캠핑 의자 세트', price: 87_000 },
  { name: '드립 커피 30봉', price: 24_900 },
  { name: '스테인리스 텀블러', price: 19_900 },
  { name: '아동 운동화', price: 45_000 },
  { name: '27인치 모니터', price: 259_000 },
  { name: '전기 압력밥솥', price: 348_000 },
  { name: '로봇 청소기', price: 689_000 },
  { name: '사무용 의자', price: 198_000 },
  { name: '면 티셔츠 3장', price: 33_000 },
  { name: '수분 크림', price: 27_500 },
  { name: '그림책 10권', price: 98_000 },
  { name: '양말 5켤레', price: 9_900 },
  { name: '노트북 스탠드', price: 42_000 },
  { name: '식기 건조대', price: 36_900 },
  { name: '냉장고', price: 1_250_000 },
  { name: '이불 세트', price: 119_000 },
]
