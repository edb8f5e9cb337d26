import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { electronExecutable, launchApp, loaderFile, projectRoot } from './support/launch'
import { asUser, ensureOrdinaryUser, sandboxTrouble } from './support/sandbox'
import type { OrdinaryUser } from './support/sandbox'

test.skip(process.platform !== 'linux', 'reads the sandbox from /proc')

test('shows its first screen to an ordinary user with the Chromium sandbox on', async () => {
  const root = process.getuid?.() === 0
  const folder = mkdtempSync(path.join(os.tmpdir(), 'refund-desk-sandbox-'))
  const ordinary = root ? ensureOrdinaryUser() : null
  try {
    const trouble = sandboxTrouble(ordinary?.user)
    test.skip(trouble !== null, trouble ?? '')

    const dataDir = path.join(folder, 'data')
    mkdirSync(dataDir)
    const place = ordinary === null ? {} : placeFor(ordinary.user, folder)
    const { app, page } = await launchApp({ dataDir, ...place })
    try {
      await expect(page.getByText('연습 모드')).toBeVisible()
      await expect(page.getByRole('button', { name: '로그인' })).toBeVisible()

      const seen = await app.evaluate(({ BrowserWindow }) => ({
        pid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
        uid: process.getuid?.() ?? 0,
      }))
      expect(seen.uid).not.toBe(0)
      expect(readFileSync(`/proc/${app.process().pid}/cmdline`, 'utf8')).not.toContain('no-sandbox')
      // Both layers: the page's process lives in a process namespace of its own, and under a filter of system calls.
      expect(readlinkSync(`/proc/${seen.pid}/ns/pid`)).not.toBe(readlinkSync('/proc/self/ns/pid'))
      expect(readFileSync(`/proc/${seen.pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m)
    } finally {
      await app.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    ordinary?.remove()
  }
})

/** A copy of the program and its runtime that the user may read, wherever this clone lies. */
function placeFor(user: OrdinaryUser, folder: string) {
  const runtime = path.dirname(electronExecutable())
  const programDir = path.join(folder, 'program')
  cpSync(runtime, path.join(folder, 'electron'), { recursive: true })
  for (const part of ['package.json', 'out', 'node_modules/better-sqlite3']) {
    cpSync(path.join(projectRoot, part), path.join(programDir, part), { recursive: true })
  }
  const loader = path.join(folder, 'loader.js')
  cpSync(loaderFile, loader)
  const home = path.join(folder, 'home')
  mkdirSync(home)

  const xauthority = process.env['XAUTHORITY']
  const ownXauthority = path.join(folder, 'xauthority')
  if (xauthority !== undefined) {
    cpSync(xauthority, ownXauthority)
  }
  spawnSync('chmod', ['-R', 'a+rX', folder])
  for (const own of [home, path.join(folder, 'data')]) {
    chownSync(own, user.uid, user.gid)
  }

  // Playwright starts one executable, so the change of user has to be inside it.
  const executable = path.join(folder, 'as-user.sh')
  const command = [...asUser(user), path.join(folder, 'electron', path.basename(electronExecutable()))]
  writeFileSync(executable, `#!/bin/sh\nexec ${command.join(' ')} "$@"\n`)
  chmodSync(executable, 0o755)
  const env: Record<string, string> = { HOME: home, ...(xauthority === undefined ? {} : { XAUTHORITY: ownXauthority }) }
  return { executable, programDir, env, loader }
}
