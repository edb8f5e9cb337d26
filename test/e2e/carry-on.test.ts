import { expect, test } from '@playwright/test'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { approve, batchFromSample, checkAndSubmit, dataFolder, goTo, openDesk, signIn, type Desk } from './support/desk'
import { startPracticePg, type ControlledPg } from './support/practice-pg'

interface Program {
  readonly open: () => Promise<Desk>
  /** kill -9: the program has no chance to say goodbye. */
  readonly kill: (desk: Desk) => Promise<void>
}

/** One program after another on the same folder, with a PG that outlives them. */
async function withPg(body: (pg: ControlledPg, program: Program, folder: string) => Promise<void>): Promise<void> {
  const folder = dataFolder()
  const desks = new Set<Desk>()
  const pg = await startPracticePg(folder)
  try {
    await body(
      pg,
      {
        open: async () => {
          const desk = await openDesk(folder, { REFUND_DESK_PG_ORIGIN_PORTONE_V1: pg.origin })
          desks.add(desk)
          return desk
        },
        kill: async (desk) => {
          desks.delete(desk)
          const program = desk.app.process()
          const ended = new Promise((resolve) => program.once('exit', resolve))
          program.kill('SIGKILL')
          await ended
        },
      },
      folder,
    )
  } finally {
    for (const desk of desks) await desk.app.close()
    await pg.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

for (const [stage, when] of [
  ['before', 'after the PG received the cancel and before it answers'],
  ['after', 'after the effect and before our commit'],
] as const) {
  test(`journey C: killed ${when}, the next start finishes every row with exactly one effect`, async () => {
    await withPg(async (pg, { open, kill }) => {
      const first = await open()
      await signIn(first)
      await batchFromSample(first)
      await checkAndSubmit(first)
      // As many as may be under way at a time.
      await pg.setRules([{ kind: 'hold', path: '/payments/cancel', nth: 5, count: 0, stage }])
      await approve(first)
      await expect.poll(pg.held).toBe(2)
      expect(await pg.cancels()).toHaveLength(stage === 'before' ? 4 : 6)
      await kill(first)
      // The PG goes on with what it had taken; the dead program never hears of it.
      await pg.setRules([])
      await pg.release()

      const second = await open()
      await signIn(second)
      await goTo(second, '실행')
      await expect(second.page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 60_000 })
      await expect(second.page.getByText(/24건 .*원을 PG가 접수했습니다/)).toBeVisible()
      const cancels = await pg.cancels()
      expect(cancels).toHaveLength(24)
      expect(new Set(cancels.map((cancel) => cancel.impUid)).size).toBe(24)
    })
  })
}

test('journey C: killed again and again with eight requests under way, every row ends finished or with its evidence, none doubled', async () => {
  await withPg(async (pg, { open, kill }) => {
    let desk = await open()
    await signIn(desk)
    await goTo(desk, '설정')
    const channel = desk.page.getByRole('article', { name: '기본 채널' })
    await channel.getByRole('button', { name: /설정 바꾸기$/ }).click()
    await channel.getByLabel('동시에 보내는 건수').fill('8')
    await channel.getByRole('button', { name: '저장' }).click()
    await batchFromSample(desk)
    await checkAndSubmit(desk)
    await pg.setRules([{ kind: 'slow', path: '/payments/cancel', count: 0, delayMs: 400 }])
    await approve(desk)
    for (let sent = 4; sent <= 16; sent += 4) {
      await expect.poll(async () => (await pg.cancels()).length).toBeGreaterThanOrEqual(sent)
      await kill(desk)
      desk = await open()
    }
    await signIn(desk)
    await goTo(desk, '실행')
    const { page } = desk
    const over = page.getByText('지난 실행을 마쳤습니다')
    const look = page.getByRole('button', { name: /PG에 확인$/ })
    // A request that died between its intent and its first byte needs a look: nothing of it is at the PG.
    const told = async (): Promise<number> => (await pg.cancels()).length + (await look.count())
    await expect.poll(told, { timeout: 60_000 }).toBe(24)
    await expect(page.getByText('전송 중', { exact: true })).toHaveCount(0)
    const cancels = await pg.cancels()
    expect(new Set(cancels.map((cancel) => cancel.impUid)).size).toBe(cancels.length)
    if (cancels.length === 24) {
      await expect(over).toBeVisible({ timeout: 60_000 })
      return
    }
    await page
      .getByRole('button', { name: /자세히 보기$/ })
      .first()
      .click()
    await expect(page.getByText('보내는 도중에 프로그램이 꺼졌습니다').first()).toBeVisible()
  })
})

test('journey C: offline, a batch is imported, submitted and approved; it waits, says since when, and runs when the PG is back', async () => {
  await withPg(async (pg, { open }, folder) => {
    const desk = await open()
    const { page } = desk
    await signIn(desk)
    await batchFromSample(desk)
    const port = Number(new URL(pg.origin).port)
    await pg.stop()

    await page.getByRole('button', { name: '점검하기', exact: true }).click()
    await expect(page.getByRole('alert').filter({ hasText: '501' }).first()).toBeVisible()
    await page.getByRole('button', { name: /결재 올리기$/ }).click()
    await expect(page.getByText('결재를 기다리고 있습니다')).toBeVisible()
    await approve(desk)
    await goTo(desk, '실행')
    await expect(page.getByText('PG 연결 대기').first()).toBeVisible()
    await expect(page.getByText(/오늘 \d\d:\d\d/).first()).toBeVisible()
    await goTo(desk, '거래 찾기')
    await expect(page.getByText(/ORD-/).first()).toBeVisible()

    const back = await startPracticePg(folder, port)
    try {
      await goTo(desk, '실행')
      await expect(page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 60_000 })
      expect(await back.cancels()).toHaveLength(24)
    } finally {
      await back.stop()
    }
  })
})

test('the files of a finished run hold no account number, no key and no token in the clear', async () => {
  await withPg(async (_pg, { open, kill }, folder) => {
    const desk = await open()
    await signIn(desk)
    await batchFromSample(desk)
    await checkAndSubmit(desk)
    await approve(desk)
    await goTo(desk, '실행')
    await expect(desk.page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 60_000 })
    await kill(desk)
    const upload = readFileSync(path.join(folder, 'practice/samples/환불요청.csv'), 'utf8')
    const accounts = upload
      .split('\r\n')
      .slice(1)
      .flatMap((line) => line.split(',')[4]?.replaceAll(/\D/g, '') || [])
    expect(accounts.length).toBeGreaterThan(10)
    const files = ['practice/ledger.db', 'practice/ledger.db-wal', 'log/refund-desk.log', 'preferences.json']
    const bytes = files
      .map((file) => path.join(folder, file))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file).toString('latin1'))
    expect(bytes.length).toBeGreaterThanOrEqual(2)
    for (const text of bytes) {
      for (const secret of [...accounts, 'practice-secret']) expect(text).not.toContain(secret)
    }
  })
})
