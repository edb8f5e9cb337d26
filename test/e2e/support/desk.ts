import { expect, test } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { launchApp } from './launch'

/** The two people of the practice shop, as the secret window tells them. */
export const MAKER = { name: '김담당', pin: '1111' } as const
export const CHECKER = { name: '이승인', pin: '2222' } as const

/** The program in its real window, as a person uses it: by what stands on the screen. */
export interface Desk {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dataDir: string
}

/** A data folder that is gone after the test. */
export function dataFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'refund-desk-e2e-'))
}

export async function openDesk(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const { app, page } = await launchApp({ dataDir, env, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  await expect(page.getByRole('button', { name: '로그인' })).toBeVisible()
  return { app, page, dataDir }
}

/** Runs a test body with a desk on a folder of its own, and cleans up whatever happens. */
export async function withDesk(
  body: (desk: Desk) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const dataDir = dataFolder()
  const desk = await openDesk(dataDir, env)
  try {
    await body(desk)
  } finally {
    await desk.app.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Does what opens the secret window, and answers that window. */
export async function secretWindow({ app }: Desk, open: () => Promise<unknown>): Promise<Page> {
  const [secret] = await Promise.all([app.waitForEvent('window'), open()])
  await secret.waitForLoadState('domcontentloaded')
  return secret
}

export async function signIn(
  desk: Desk,
  person: { readonly name: string; readonly pin: string } = MAKER,
): Promise<void> {
  await test.step(`sign in as ${person.name}`, async () => {
    const secret = await secretWindow(desk, () => desk.page.getByRole('button', { name: '로그인' }).click())
    await secret.getByText(person.name).click()
    await secret.getByLabel(/PIN/).fill(person.pin)
    await Promise.all([secret.waitForEvent('close'), secret.keyboard.press('Enter')])
    await expect(desk.page.getByRole('heading', { name: '오늘', exact: true })).toBeVisible()
  })
}

export async function goTo({ page }: Desk, screen: string): Promise<void> {
  await page.getByRole('navigation').getByText(screen, { exact: true }).first().click()
}

/** Imports a sample of the practice shop and makes a batch of its fine rows. */
export async function batchFromSample(
  desk: Desk,
  sample: '오류 없는 견본' | '오류가 섞인 견본' = '오류 없는 견본',
): Promise<void> {
  await test.step('import the sample and make a batch', async () => {
    await goTo(desk, '가져오기')
    await desk.page.getByRole('button', { name: sample }).click()
    await desk.page.getByRole('button', { name: /묶음 만들기$/ }).click()
    await expect(desk.page.getByRole('button', { name: /결재 올리기$/ })).toBeVisible()
  })
}

export async function checkAndSubmit({ page }: Desk): Promise<void> {
  await test.step('dry check and submit', async () => {
    await page.getByRole('button', { name: '점검하기', exact: true }).click()
    await expect(page.getByText(/지금 실행하면: 성공 예상/)).toBeVisible()
    await page.getByRole('button', { name: /결재 올리기$/ }).click()
    await expect(page.getByText('결재를 기다리고 있습니다')).toBeVisible()
  })
}

/** The second person signs in the secret window on the same computer. */
export async function approve(desk: Desk, pin: string = CHECKER.pin): Promise<void> {
  await test.step('approve in the secret window', async () => {
    await goTo(desk, '결재함')
    const secret = await secretWindow(desk, () => desk.page.getByRole('button', { name: /환불 승인$/ }).click())
    await secret.getByLabel(/PIN/).fill(pin)
    await Promise.all([secret.waitForEvent('close'), secret.getByRole('button', { name: /환불 승인$/ }).click()])
    await expect(desk.page.getByText(/묶음을 승인했습니다/)).toBeVisible()
  })
}

/** Answers the save dialog that the program opens next. */
export async function saveNextFileAs({ app }: Desk, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
}

/** Answers the open dialog that the program opens next. */
export async function openNextFile({ app }: Desk, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, file)
}

/** Drops a file on the page, as from a file manager. */
export async function dropFile({ page }: Desk, file: { readonly name: string; readonly text: string }): Promise<void> {
  const transfer = await page.evaluateHandle(({ name, text }) => {
    const data = new DataTransfer()
    data.items.add(new File([text], name, { type: 'text/csv' }))
    return data
  }, file)
  await page.locator('body').dispatchEvent('dragenter', { dataTransfer: transfer })
  await page.locator('body').dispatchEvent('dragover', { dataTransfer: transfer })
  await page.locator('body').dispatchEvent('drop', { dataTransfer: transfer })
}
