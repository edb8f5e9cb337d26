import { expect, test } from '@playwright/test'
import { rmSync } from 'node:fs'
import { approve, batchFromSample, checkAndSubmit, dataFolder, goTo, openDesk, signIn, withDesk } from './support/desk'
import { startPracticePg } from './support/practice-pg'

test('an approved batch is held as long as the settings say, counts down, and can be stopped before anything is sent', async () => {
  await withDesk(async (desk) => {
    const { page } = desk
    await signIn(desk)
    await goTo(desk, '설정')
    await page.getByLabel('승인 뒤 보내기까지').fill('10')
    await page.getByRole('button', { name: '저장', exact: true }).click()
    await expect(page.getByRole('button', { name: '저장', exact: true })).toBeHidden()

    await batchFromSample(desk)
    await checkAndSubmit(desk)
    await approve(desk)
    await expect(page.getByText(/에 보내기 시작하며, 그 전에는 실행 화면에서 멈출 수 있습니다/)).toBeVisible()
    await goTo(desk, '오늘')
    await expect(page.getByText('곧 보낼 묶음')).toBeVisible()

    await goTo(desk, '실행')
    const countdown = page.getByRole('timer')
    await expect(countdown).toHaveText(/^09:\d\d 뒤 보내기 시작/)
    const before = await countdown.innerText()
    await expect(countdown).not.toHaveText(before)

    await page.getByRole('button', { name: '보내지 않기', exact: true }).click()
    const dialog = page.getByRole('dialog')
    const act = dialog.getByRole('button', { name: /^24건 .*원 보내지 않기$/ })
    await expect(act).toBeDisabled()
    await dialog.getByRole('textbox').fill('금액을 다시 확인합니다')
    await act.click()
    await expect(page.getByRole('heading', { name: '실행 중인 환불이 없습니다' })).toBeVisible()
    await expect(page.getByRole('timer')).toHaveCount(0)

    await goTo(desk, '묶음')
    await page
      .getByText(/환불 24건/)
      .first()
      .click()
    await expect(page.getByText('철회한 묶음입니다')).toBeVisible()
  })
})

test('a run is paused, resumed and its rest given up; what the PG took stays, and nothing else is sent', async () => {
  const folder = dataFolder()
  const pg = await startPracticePg(folder)
  const desk = await openDesk(folder, { REFUND_DESK_PG_ORIGIN_PORTONE_V1: pg.origin })
  try {
    const { page } = desk
    await signIn(desk)
    await batchFromSample(desk)
    await checkAndSubmit(desk)
    // However many are sent at a time, all of them stand still from the fourth one on.
    await pg.setRules([{ kind: 'hold', path: '/payments/cancel', nth: 4, count: 0, stage: 'before' }])
    await approve(desk)
    await goTo(desk, '실행')
    await expect.poll(pg.held).toBeGreaterThan(0)
    await expect(page.getByRole('heading', { name: /^진행 중/ })).toBeVisible()
    await expect(page.getByRole('grid').getByText('PG의 답을 기다림').first()).toBeVisible()

    // One button for both ways: the focus stays on it, so that the key that paused resumes as well.
    const pause = page.getByRole('button', { name: '일시정지' })
    await pause.focus()
    await page.keyboard.press('Enter')
    const resume = page.getByRole('button', { name: '이어서 실행' })
    await expect(resume).toBeFocused()
    await expect(page.getByRole('heading', { name: /^일시정지/ })).toBeVisible()
    await pg.release()
    await expect(page.getByText('PG의 답을 기다림')).toHaveCount(0)
    const sent = (await pg.cancels()).length
    await pg.setRules([{ kind: 'hold', path: '/payments/cancel', nth: 4, count: 0, stage: 'before' }])
    await page.keyboard.press('Enter')
    await expect(pause).toBeFocused()
    await expect.poll(pg.held).toBeGreaterThan(0)
    expect((await pg.cancels()).length).toBeGreaterThan(sent)

    await page.getByRole('button', { name: /^남은 \d+건 .*원 보내지 않기$/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('나머지는 다음 주에 보냅니다')
    await dialog.getByRole('button', { name: /^\d+건 .*원 보내지 않기$/ }).click()
    await expect(dialog).toBeHidden()
    await pg.setRules([])
    await pg.release()
    await expect(page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 30_000 })
    const cancels = await pg.cancels()
    expect(cancels.length).toBeLessThan(24)
    await expect(page.getByText(new RegExp(`${cancels.length}건 .*원을 PG가 접수했습니다`))).toBeVisible()
    expect(new Set(cancels.map((cancel) => cancel.impUid)).size).toBe(cancels.length)
  } finally {
    await desk.app.close()
    await pg.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
