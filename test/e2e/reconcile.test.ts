import { expect, test } from '@playwright/test'
import { goTo, signIn, withDesk } from './support/desk'

test("journey B: the merchant's own file beside the PG names each drift, and adopting the PG's history settles it", async () => {
  await withDesk(async (desk) => {
    const { page } = desk
    await signIn(desk)
    await goTo(desk, '불일치')
    await page.getByRole('button', { name: '결제 내역 불러오기' }).first().click()
    await expect(page.getByText(/결제 \d+건을/).first()).toBeVisible()
    await page.getByRole('button', { name: /자체 장부 가져오기/ }).click()
    await page.getByRole('button', { name: /견본/ }).click()
    const queue = page
      .getByRole('listbox')
      .or(page.getByRole('list', { name: /불일치/ }))
      .first()
    await expect(queue.getByText(/ORD-/)).toHaveCount(3)
    for (let left = 3; left > 0; left -= 1) {
      await expect(queue.getByText(/ORD-/)).toHaveCount(left)
      await queue.getByText(/ORD-/).first().click()
      await expect(page.getByText(/우리 장부/).first()).toBeVisible()
      await page.getByRole('button', { name: /PG 이력으로 맞추기/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').fill('PG 관리자 화면에서 확인함')
      await dialog.getByRole('button', { name: '정정 항목 추가' }).click()
      await expect(dialog).toBeHidden()
    }
    await expect(page.getByText(/정리할 불일치가 없습니다/)).toBeVisible()
  })
})
