import { expect, test } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  approve,
  batchFromSample,
  checkAndSubmit,
  dropFile,
  goTo,
  openNextFile,
  saveNextFileAs,
  secretWindow,
  signIn,
  withDesk,
} from './support/desk'
import { writeSamples } from './support/practice-pg'

test('journey A: a sample refund file is checked, approved by a second person and paid, and its result saved', async () => {
  await withDesk(async (desk) => {
    const { page, dataDir } = desk
    await signIn(desk)
    await batchFromSample(desk)
    await checkAndSubmit(desk)
    await approve(desk)
    await page.getByRole('button', { name: '실행 화면 보기' }).click()
    // One row of the sample goes to a PG that takes refunds asynchronously; it shows a few seconds later.
    await expect(page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(/24건 .*원을 PG가 접수했습니다/)).toBeVisible()

    const result = path.join(dataDir, 'result.csv')
    await saveNextFileAs(desk, result)
    await page.getByRole('button', { name: '결과 파일 저장' }).click()
    await expect.poll(() => (existsSync(result) ? readFileSync(result, 'utf8').split('\r\n').length : 0)).toBe(26)
    const upload = readFileSync(path.join(dataDir, 'practice/samples/환불요청.csv'), 'utf8')
      .replace('\uFEFF', '')
      .split('\r\n')
    const text = readFileSync(result, 'utf8')
    expect(text.startsWith(`\uFEFF${upload[0]},처리상태`)).toBe(true)
    for (const line of upload.slice(1, -1)) {
      const account = line.split(',')[4] ?? ''
      if (account !== '') expect(text).not.toContain(account)
    }
  })
})

test('a dropped file and a chosen file are read; every row with a problem says so in words, and the fine rows can go on', async () => {
  await withDesk(async (desk) => {
    const { page, dataDir } = desk
    await signIn(desk)
    const samples = path.join(dataDir, 'my files')
    writeSamples(samples)
    await dropFile(desk, { name: '오류.csv', text: readFileSync(path.join(samples, '환불요청-오류.csv'), 'utf8') })
    await expect(page.getByRole('heading', { name: '오류.csv' })).toBeVisible()
    await expect(page.getByText(/오류가 있는 \d+건은 묶음에서 빠집니다/)).toBeVisible()
    await page.keyboard.press('F8')
    await expect(page.getByText(/\(번호 2\d\d\)/).first()).toBeVisible()

    await openNextFile(desk, path.join(samples, '환불요청.csv'))
    await goTo(desk, '가져오기')
    await page.getByRole('button', { name: '파일 선택' }).click()
    await expect(page.getByRole('heading', { name: '환불요청.csv' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^24건 .*원 묶음 만들기$/ })).toBeEnabled()
  })
})

test('a file that is no refund file gets a clear sentence, and nothing is lost', async () => {
  await withDesk(async (desk) => {
    const { page } = desk
    await signIn(desk)
    for (const [name, text, number] of [
      ['빈 파일.csv', '', '102'],
      ['그림.csv', 'PK\u0003\u0004 xlsx', '115'],
      ['열 없음.csv', '이름,금액표\n홍길동,천원\n', '109'],
    ] as const) {
      await goTo(desk, '가져오기')
      await dropFile(desk, { name, text })
      const alert = page
        .getByRole('alert')
        .filter({ hasText: `번호 ${number}` })
        .first()
      await expect(alert, name).toBeVisible()
      // What happened, and what to do.
      await expect(alert).toContainText(/십시오/)
    }
    await goTo(desk, '오늘')
    await expect(page.getByRole('heading', { name: '처음 오셨습니까?' })).toBeVisible()
  })
})

test('the maker cannot approve: a wrong PIN is refused in the secret window, and closing it changes nothing', async () => {
  await withDesk(async (desk) => {
    const { page } = desk
    await signIn(desk)
    await batchFromSample(desk)
    await checkAndSubmit(desk)
    await goTo(desk, '결재함')
    const secret = await secretWindow(desk, () => page.getByRole('button', { name: /환불 승인$/ }).click())
    await expect(secret.getByText('김담당', { exact: true }).locator('xpath=ancestor::label')).toHaveCount(0)
    await secret.getByLabel(/PIN/).fill('1111')
    await secret.getByRole('button', { name: /환불 승인$/ }).click()
    await expect(secret.getByRole('alert')).toContainText(/603/)
    // The window is gone before the key is up again.
    await Promise.all([secret.waitForEvent('close'), secret.keyboard.press('Escape').catch(() => undefined)])
    await expect(page.getByRole('button', { name: /환불 승인$/ })).toBeEnabled()
  })
})
