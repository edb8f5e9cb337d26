import { expect, test } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  approve,
  batchFromSample,
  CHECKER,
  checkAndSubmit,
  goTo,
  MAKER,
  saveNextFileAs,
  signIn,
  withDesk,
} from '../e2e/support/desk'

/** From a refund file to a reconciled ledger, as two people of the practice shop would do it. */
test('the practice journey', async () => {
  const folder = process.env['REFUND_DESK_DEMO_PICTURES'] ?? test.info().outputDir
  await withDesk(async (desk) => {
    const { page } = desk
    let pictures = 0
    const tell = async (what: string): Promise<void> => {
      pictures += 1
      const file = path.join(folder, `${String(pictures).padStart(2, '0')}.png`)
      await page.screenshot({ path: file })
      console.log(`${String(pictures).padStart(2)}. ${what}\n    ${file}`)
    }

    await tell('The program opens in practice mode: a practice shop, a practice gateway, no real money.')
    await signIn(desk)
    await tell(`${MAKER.name} (maker) signs in with a PIN, in a window of the main process.`)
    await batchFromSample(desk)
    await tell(`The sample refund file is read and becomes a batch: ${await totalOf('heading')}.`)
    await checkAndSubmit(desk)
    await tell('The dry check asks the gateway and sends nothing; then the batch is submitted.')
    await approve(desk)
    await tell(`${CHECKER.name} (checker) reads the digest and approves with another PIN.`)
    await goTo(desk, '실행')
    await expect(page.getByText('지난 실행을 마쳤습니다')).toBeVisible({ timeout: 60_000 })
    await tell(`The run is over: ${await page.getByText(/PG가 접수했습니다/).innerText()}`)
    const result = path.join(folder, 'result.csv')
    await saveNextFileAs(desk, result)
    await page.getByRole('button', { name: '결과 파일 저장' }).click()
    await expect.poll(() => existsSync(result)).toBe(true)
    console.log(`    result file: ${readFileSync(result, 'utf8').trimEnd().split('\r\n').length - 1} rows in ${result}`)

    await goTo(desk, '불일치')
    await page.getByRole('button', { name: '결제 내역 불러오기' }).first().click()
    await expect(page.getByText(/결제 \d+건을/).first()).toBeVisible()
    await page.getByRole('button', { name: /자체 장부 가져오기/ }).click()
    await page.getByRole('button', { name: /견본/ }).click()
    const cases = page
      .getByRole('list', { name: /불일치/ })
      .or(page.getByRole('listbox'))
      .first()
      .getByText(/ORD-/)
    await expect(cases).toHaveCount(3)
    await tell("The merchant's own books beside the gateway: three cancels differ, each named and signed.")
    for (let left = 3; left > 0; left -= 1) {
      await expect(cases).toHaveCount(left)
      await cases.first().click()
      await page.getByRole('button', { name: 'PG 이력으로 맞추기' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').fill('PG 관리자 화면에서 확인함')
      await dialog.getByRole('button', { name: '정정 항목 추가' }).click()
      await expect(dialog).toBeHidden()
    }
    await tell("The gateway's history is adopted by correcting entries: the ledger is reconciled.")
    await goTo(desk, '기록')
    await page.getByRole('button', { name: /검증/ }).click()
    await page.waitForTimeout(500)
    await tell('The audit chain is verified.')

    async function totalOf(role: 'heading'): Promise<string> {
      return (await page.getByRole(role).first().innerText()).replaceAll('\n', ' ')
    }
  })
})
