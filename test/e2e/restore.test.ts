import { expect, test } from '@playwright/test'
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import {
  approve,
  CHECKER,
  checkAndSubmit,
  dataFolder,
  dropFile,
  goTo,
  openDesk,
  signIn,
  type Desk,
} from './support/desk'
import { launchApp } from './support/launch'
import { startPracticePg, writeSamples, type ControlledPg } from './support/practice-pg'

/** Imports some lines of the sample and makes a batch of them. */
async function batchOf(desk: Desk, header: string, lines: readonly string[]): Promise<void> {
  await goTo(desk, '가져오기')
  await dropFile(desk, { name: `환불-${lines.length}.csv`, text: [header, ...lines].join('\r\n') })
  await desk.page.getByRole('button', { name: /묶음 만들기$/ }).click()
  await expect(desk.page.getByRole('button', { name: /결재 올리기$/ })).toBeVisible()
}

async function runToItsEnd(desk: Desk, accepted: number): Promise<void> {
  await checkAndSubmit(desk)
  await approve(desk)
  await goTo(desk, '실행')
  await expect(desk.page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 30_000 })
  await expect(desk.page.getByText(new RegExp(`${accepted}건 .*원을 PG가 접수했습니다`))).toBeVisible()
}

async function signOut({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: /님 메뉴$/ }).click()
  await page.getByRole('menuitem', { name: '로그아웃' }).click()
}

/** kill -9, and then a fault of the disk in the ledger's first bytes. */
async function killAndDamage({ app }: Desk, ledgerFile: string): Promise<void> {
  const program = app.process()
  const ended = new Promise((resolve) => program.once('exit', resolve))
  program.kill('SIGKILL')
  await ended
  const file = openSync(ledgerFile, 'r+')
  writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0)
  closeSync(file)
}

/** The restart is left to the test, which has to be attached to the next program. */
async function withoutRelaunch({ app }: Pick<Desk, 'app'>, act: () => Promise<void>): Promise<void> {
  await app.evaluate(({ app: program }) => {
    program.relaunch = () => undefined
  })
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  await act()
  await ended
}

async function withPg(body: (pg: ControlledPg, folder: string) => Promise<void>): Promise<void> {
  const folder = dataFolder()
  const pg = await startPracticePg(folder)
  try {
    await body(pg, folder)
  } finally {
    await pg.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a damaged ledger is restored by a button, sends nothing until a checker lifts the block, then refunds again', async () => {
  await withPg(async (pg, folder) => {
    writeSamples(path.join(folder, 'samples'))
    const [header = '', ...lines] = readFileSync(path.join(folder, 'samples/환불요청.csv'), 'utf8').split('\r\n')
    const env = { REFUND_DESK_PG_ORIGIN_PORTONE_V1: pg.origin, REFUND_DESK_PG_ORIGIN_PORTONE_V2: pg.origin }
    const ledgerFile = path.join(folder, 'practice/ledger.db')

    const first = await openDesk(folder, env)
    await signIn(first)
    await first.page.getByRole('button', { name: '결제 내역 불러오기' }).first().click()
    await expect(first.page.getByText(/새 결제는 \d+건/).first()).toBeVisible()
    await goTo(first, '설정')
    await first.page.getByRole('button', { name: '지금 백업' }).click()
    await expect(first.page.getByText('백업을 만들고 확인했습니다.')).toBeVisible()
    await expect(first.page.getByRole('button', { name: /백업으로 복원$/ })).toBeVisible()
    await goTo(first, '오늘')
    await expect(first.page.getByText(/백업 정상 – 오늘 \d\d:\d\d/)).toBeVisible()
    await batchOf(first, header, lines.slice(0, 3))
    await runToItsEnd(first, 3)
    expect(await pg.cancels()).toHaveLength(3)
    await killAndDamage(first, ledgerFile)

    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const broken = await launchApp({ dataDir: folder, env, args })
    await expect(broken.page.getByRole('heading', { name: '장부를 열 수 없습니다' })).toBeVisible()
    await expect(broken.page.getByText(ledgerFile)).toBeVisible()
    await withoutRelaunch(broken, () => broken.page.getByRole('button', { name: '백업으로 복원' }).click())
    const [aside = ''] = readdirSync(path.join(folder, 'practice/damaged'))
    expect(readdirSync(path.join(folder, 'practice/damaged', aside)).toSorted()).toEqual(['ledger.db', 'ledger.db-wal'])

    const desk = await openDesk(folder, env)
    try {
      const { page } = desk
      await signIn(desk)
      await expect(page.getByText('백업으로 복원한 장부입니다. 결재와 실행을 막아 두었습니다.')).toBeVisible()
      await page.getByRole('button', { name: 'PG와 비교' }).click()
      await expect(page.getByText(/되돌린 시점 뒤에 이 프로그램으로 나간 환불이 3건/)).toBeVisible()
      await expect(page.getByRole('button', { name: '막음 풀기' })).toBeHidden()
      await page.getByRole('button', { name: '불일치 보기' }).click()
      await expect(page.getByText('PG에만 있음').first()).toBeVisible()
      await signOut(desk)
      await signIn(desk, CHECKER)
      await page.getByRole('button', { name: '막음 풀기' }).click()
      await page.getByLabel(/사유/).fill('PG 기록과 대조했습니다.')
      await page.getByRole('dialog').getByRole('button', { name: '막음 풀기' }).click()
      await expect(page.getByText('백업으로 복원한 장부입니다.')).toBeHidden()
      await signOut(desk)
      await signIn(desk)
      await batchOf(desk, header, lines.slice(10, 11))
      await runToItsEnd(desk, 1)
      expect(await pg.cancels()).toHaveLength(4)
    } finally {
      await desk.app.close()
    }
  })
})
