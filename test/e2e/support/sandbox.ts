import { spawnSync } from 'node:child_process'

/** An ordinary user to run as, where the tests run as root. */
export interface OrdinaryUser {
  readonly uid: number
  readonly gid: number
}

const userName = 'refund-desk-test'

/** Why Chromium's sandbox cannot work for the user of these tests (or for `user`), or `null` when it can. */
export function sandboxTrouble(user: OrdinaryUser | null = null): string | null {
  if (process.platform !== 'linux') {
    return null
  }
  if (user === null && process.getuid?.() === 0) {
    return 'root cannot use the sandbox'
  }
  // What Chromium itself asks of the kernel: a user namespace with a process namespace inside it.
  const probe = ['unshare', '--user', '--map-root-user', '--pid', '--fork', 'true']
  const [command = '', ...args] = user === null ? probe : [...asUser(user), ...probe]
  const result = spawnSync(command, args, { encoding: 'utf8' })
  return result.status === 0 ? null : `the kernel refuses user namespaces: ${(result.stderr ?? '').trim()}`
}

/** The start of a command line that runs the rest as `user`. */
export function asUser({ uid, gid }: OrdinaryUser): string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--']
}

/** Makes the ordinary user, or takes the one that an earlier run left; `remove` undoes what this call made. */
export function ensureOrdinaryUser(): { readonly user: OrdinaryUser; readonly remove: () => void } {
  const known = userIds()
  if (known !== null) {
    return { user: known, remove: () => {} }
  }
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', userName], { encoding: 'utf8' })
  const user = userIds()
  if (user === null) {
    throw new Error(`the user ${userName} could not be made: ${made.stderr}`)
  }
  return { user, remove: () => void spawnSync('userdel', [userName]) }
}

function userIds(): OrdinaryUser | null {
  const passwd = spawnSync('getent', ['passwd', userName], { encoding: 'utf8' })
  const [, , uid, gid] = passwd.stdout.split(':')
  return passwd.status === 0 && uid !== undefined && gid !== undefined ? { uid: Number(uid), gid: Number(gid) } : null
}
