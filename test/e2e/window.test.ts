import { expect, test } from '@playwright/test'
import { signIn, withDesk } from './support/desk'

test('the page has no Node, no network and no code of its own making; only the fixed bridge', async () => {
  await withDesk(async (desk) => {
    const { app, page } = desk
    const seen = await page.evaluate(async () => {
      const global = window as unknown as Record<string, unknown>
      const blocked: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'window.planted = true'
      document.head.append(script)
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'answered',
        () => 'refused',
      )
      await new Promise((resolve) => setTimeout(resolve, 50))
      return {
        node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in global),
        planted: 'planted' in global,
        fetched,
        blocked,
        bridge: Object.keys(global['refundDesk'] as object).toSorted(),
        secretBridge: 'refundDeskSecret' in global,
        origin: location.origin,
      }
    })
    expect(seen).toMatchObject({
      node: [],
      planted: false,
      fetched: 'refused',
      bridge: ['call', 'on'],
      secretBridge: false,
      origin: 'app://refund',
    })
    expect(seen.blocked.some((directive) => directive.startsWith('script-src'))).toBe(true)
    expect(seen.blocked).toContain('connect-src')

    const before = app.windows().length
    await page.evaluate(() => {
      window.open('https://example.com/')
      location.href = 'https://example.com/'
    })
    await page.waitForTimeout(300)
    expect(app.windows()).toHaveLength(before)
    expect(page.url()).toContain('app://refund/')
    expect(
      await page.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then((status) => status.state)),
    ).toBe('denied')
  })
})

test('a call with a foreign channel, a wrong input or no session is refused with a reason', async () => {
  await withDesk(async (desk) => {
    const { page } = desk
    const refused = await page.evaluate(async () => {
      const bridge = (
        window as unknown as { refundDesk: { call: Record<string, (input: unknown) => Promise<unknown>> } }
      ).refundDesk
      return {
        unknown: typeof bridge.call['ledger.sql'],
        withoutSession: await bridge.call['home.today']?.({}),
        wrongInput: await bridge.call['app.setPreferences']?.({ language: 'xx', theme: 'dark', path: '/etc/passwd' }),
      }
    })
    expect(refused).toMatchObject({
      unknown: 'undefined',
      withoutSession: { ok: false, problem: { code: 'sign-in-required' } },
      wrongInput: { ok: false, problem: { code: 'ipc-refused-input' } },
    })
  })
})

test('the bundled font is drawn, and Korean and English, light and dark each show a whole screen', async () => {
  await withDesk(async (desk) => {
    const { page } = desk
    await signIn(desk)
    expect(
      await page.evaluate(
        () =>
          document.fonts.check('14px "Pretendard Variable"') &&
          [...document.fonts].some((font) => font.status === 'loaded'),
      ),
    ).toBe(true)
    await page.getByRole('navigation').getByText('설정', { exact: true }).click()
    await page.getByText('English', { exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
    await expect(page.getByRole('navigation').getByText('Today', { exact: true })).toBeVisible()
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await background()
    await page.getByText('Dark', { exact: true }).click()
    await expect.poll(background).not.toBe(light)
  })
})
