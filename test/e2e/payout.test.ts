import { expect, test } from '@playwright/test'
import { rmSync } from 'node:fs'
import { approve, batchFromSample, checkAndSubmit, dataFolder, goTo, openDesk, signIn } from './support/desk'

/** Days ahead of the acceptance: over any weekend and a row of holidays. */
const LATER_MS = 14 * 24 * 60 * 60 * 1000

test('refunds that were accepted and not seen to arrive come up as work after their due day, and are confirmed there', async () => {
  const dataDir = dataFolder()
  try {
    const first = await openDesk(dataDir)
    await signIn(first)
    await batchFromSample(first)
    await checkAndSubmit(first)
    await approve(first)
    await first.page.getByRole('button', { name: '실행 화면 보기' }).click()
    await expect(first.page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 30_000 })
    await first.page.getByRole('button', { name: '묶음 보기' }).click()
    await expect(first.page.getByText(/^(\d{4}\/)?\d+\/\d+\([월화수목금]\) 예정$/).first()).toBeVisible()
    await first.app.close()

    const later = await openDesk(dataDir, { REFUND_DESK_CLOCK: String(Date.now() + LATER_MS) })
    const { page } = later
    await signIn(later)
    await page.getByRole('button', { name: '입금 확인하기' }).click()
    const list = page.getByRole('region', { name: /입금 예정일 지남/ })
    await expect(list.getByRole('heading')).toContainText('건')
    const before = await list.getByRole('button', { name: /입금 확인 기록$/ }).count()
    await list
      .getByRole('button', { name: /입금 확인 기록$/ })
      .first()
      .click()
    await page.getByLabel('사유').fill('PG 정산 파일에서 확인')
    await page.getByRole('button', { name: /입금 완료로 기록$/ }).click()
    await expect(page.getByText(/의 입금을 기록했습니다/)).toBeVisible()
    await expect(list.getByRole('button', { name: /입금 확인 기록$/ })).toHaveCount(before - 1)

    await goTo(later, '설정')
    const holidays = page.getByRole('region', { name: '공휴일' })
    await holidays.getByLabel('날짜').fill('2027-12-24')
    await holidays.getByLabel('이름').fill('창립기념일')
    await holidays.getByRole('button', { name: '쉬는 날 더하기' }).click()
    await expect(holidays.getByText('김담당 님이 더함')).toBeVisible()
    await holidays.getByRole('button', { name: /창립기념일 지우기$/ }).click()
    await expect(holidays.getByText('창립기념일')).toHaveCount(0)
    await later.app.close()
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
