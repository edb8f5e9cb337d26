import { expect, test } from '@playwright/test'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  approve,
  checkAndSubmit,
  dataFolder,
  dropFile,
  goTo,
  openDesk,
  openNextFile,
  signIn,
  type Desk,
} from './support/desk'
import { startPracticePg, writeSamples, type ControlledPg } from './support/practice-pg'

const DAY_MS = 24 * 60 * 60 * 1000
const HEADER = '주문번호,환불금액,은행,계좌번호,예금주,환불사유'
/** The practice bank sends the money of such an account back, on the payout day. */
const SENT_BACK = '99900000009951'
const FINE = '99900000000011'

interface Chosen {
  readonly card: string
  readonly account: string
  readonly settlement: string
  readonly realTime: { readonly orderNo: string; readonly pgCno: string }
}

/** One payment of each kind that the sample files refund, by their order numbers. */
async function choose(pg: ControlledPg, samples: string): Promise<{ chosen: Chosen; csv: string }> {
  const lines = readFileSync(path.join(samples, '환불요청.csv'), 'utf8').split('\r\n').slice(1)
  const cells = lines.map((line) => line.split(','))
  const card = cells.find(([, , , bank]) => bank === '') ?? []
  const account = cells.find(([, , , bank]) => bank === '신한은행') ?? []
  const kicc = readFileSync(path.join(samples, '환불요청-KICC.csv'), 'utf8').split('\r\n').slice(1)
  const { payments } = await pg.kicc()
  const ofMerchant = (mallId: string) => {
    const found = payments.find(
      (each) =>
        each.mallId === mallId && each.deposits.length === 1 && kicc.some((line) => line.startsWith(each.shopOrderNo)),
    )
    if (found === undefined) throw new Error(`no payment of ${mallId}`)
    return found
  }
  const settlement = ofMerchant('T0000001')
  const realTime = ofMerchant('T0000002')
  const csv = [
    HEADER,
    `${card[0]},${card[2]},,,,고객 변심`,
    `${account[0]},${account[2]},신한은행,${account[4]},${account[5]},상품 품절`,
    `${settlement.shopOrderNo},${settlement.amount},국민은행,${SENT_BACK},정가온,배송 지연`,
    `${realTime.shopOrderNo},${realTime.amount},국민은행,${FINE},최하람,상품 불량`,
  ].join('\r\n')
  const chosen = {
    card: card[0] ?? '',
    account: account[0] ?? '',
    settlement: settlement.shopOrderNo,
    realTime: { orderNo: realTime.shopOrderNo, pgCno: realTime.pgCno },
  }
  return { chosen, csv }
}

async function importLog(desk: Desk, file: string): Promise<void> {
  const { page } = desk
  await goTo(desk, '불일치')
  await openNextFile(desk, file)
  await page.getByRole('button', { name: 'KICC 알림 가져오기' }).click()
  await page.getByRole('button', { name: '파일 선택' }).click()
  await expect(page.getByText(/알림 \d+줄을 읽었습니다/)).toBeVisible()
}

async function expectState({ page }: Desk, orderNo: string, state: string): Promise<void> {
  await expect(page.getByRole('row', { name: new RegExp(orderNo) })).toContainText(state)
}

test('a batch over several PGs ends with every row in its true state, one of them by an imported notification', async () => {
  const dataDir = dataFolder()
  const pgFolder = path.join(dataDir, 'pg')
  mkdirSync(pgFolder, { recursive: true })
  const pg = await startPracticePg(pgFolder)
  const env = {
    REFUND_DESK_PG_ORIGIN_PORTONE_V1: pg.origin,
    REFUND_DESK_PG_ORIGIN_KICC: pg.origin,
    REFUND_DESK_PG_ORIGIN_PORTONE_V2: pg.origin,
  }
  try {
    const samples = path.join(dataDir, 'samples')
    writeSamples(samples)
    const { chosen, csv } = await choose(pg, samples)
    const log = path.join(dataDir, '알림.jsonl')
    writeFileSync(log, await pg.kiccNotices())
    await pg.setRules([
      { kind: 'lose_answer_after_effect', path: '/api/trades/revise', subject: chosen.realTime.pgCno },
    ])

    const desk = await openDesk(dataDir, env)
    const { page } = desk
    await signIn(desk)
    await test.step('the PGs are read, KICC by its notifications', async () => {
      await goTo(desk, '불일치')
      await page.getByRole('button', { name: '결제 내역 불러오기' }).click()
      await expect(page.getByText(/결제 [\d,]+건을 읽었/)).toBeVisible()
      await importLog(desk, log)
      await expect(page.getByText(/새 결제 \d+건/)).toBeVisible()
    })
    await test.step('a file that mixes them becomes a batch', async () => {
      await goTo(desk, '가져오기')
      await dropFile(desk, { name: '여러-PG.csv', text: csv })
      await expect(page.getByRole('heading', { name: '여러-PG.csv' })).toBeVisible()
      await page.getByRole('button', { name: /묶음 만들기$/ }).click()
      await checkAndSubmit(desk)
      await approve(desk)
    })
    await test.step('it runs; the lost answer is found by its key', async () => {
      await page.getByRole('button', { name: '실행 화면 보기' }).click()
      await expect(page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 60_000 })
      await page.getByRole('button', { name: '묶음 보기' }).click()
      for (const orderNo of [chosen.card, chosen.account, chosen.settlement, chosen.realTime.orderNo]) {
        await expectState(desk, orderNo, 'PG 접수')
      }
      const { refunds } = await pg.kicc()
      expect(refunds).toHaveLength(2)
      expect((await pg.cancels()).filter(({ source }) => source === 'api')).toHaveLength(2)
    })
    await test.step('the next business day tells what became of the money', async () => {
      await pg.setClock(5 * DAY_MS)
      writeFileSync(log, await pg.kiccNotices())
      await importLog(desk, log)
      await expect(page.getByText('입금 실패 1건')).toBeVisible()
      await page.getByRole('button', { name: '묶음 보기' }).click()
      await page.getByText(/환불 4건$/).click()
      await expectState(desk, chosen.settlement, '입금 실패')
      await expectState(desk, chosen.realTime.orderNo, '입금 완료')
      await expectState(desk, chosen.card, 'PG 접수')
      await expectState(desk, chosen.account, 'PG 접수')
      await goTo(desk, '오늘')
      await expect(page.getByText('입금 실패').first()).toBeVisible()
      expect(await pg.alarms()).toEqual([])
    })
    await desk.app.close()
  } finally {
    await pg.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
