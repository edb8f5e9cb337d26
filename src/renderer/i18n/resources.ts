import { words as approvalsEn } from './en/approvals'
import { words as auditEn } from './en/audit'
import { words as backupEn } from './en/backup'
import { words as batchesEn } from './en/batches'
import { words as channelsEn } from './en/channels'
import { words as driftEn } from './en/drift'
import { words as frameEn } from './en/frame'
import { words as homeEn } from './en/home'
import { words as importsEn } from './en/import'
import { words as problemEn } from './en/problem'
import { words as rulesEn } from './en/rules'
import { words as runEn } from './en/run'
import { words as searchEn } from './en/search'
import { words as secretEn } from './en/secret'
import { words as settingsEn } from './en/settings'
import { words as signInEn } from './en/sign-in'
import { words as stateEn } from './en/state'
import { words as uiEn } from './en/ui'
import { words as approvalsKo } from './ko/approvals'
import { words as auditKo } from './ko/audit'
import { words as backupKo } from './ko/backup'
import { words as batchesKo } from './ko/batches'
import { words as channelsKo } from './ko/channels'
import { words as driftKo } from './ko/drift'
import { words as frameKo } from './ko/frame'
import { words as homeKo } from './ko/home'
import { words as importsKo } from './ko/import'
import { words as problemKo } from './ko/problem'
import { words as rulesKo } from './ko/rules'
import { words as runKo } from './ko/run'
import { words as searchKo } from './ko/search'
import { words as secretKo } from './ko/secret'
import { words as settingsKo } from './ko/settings'
import { words as signInKo } from './ko/sign-in'
import { words as stateKo } from './ko/state'
import { words as uiKo } from './ko/ui'

/** Every namespace, once in each language. A new screen adds its words here and nowhere else. */
export const KOREAN = {
  frame: frameKo,
  ui: uiKo,
  problem: problemKo,
  state: stateKo,
  signIn: signInKo,
  home: homeKo,
  import: importsKo,
  batches: batchesKo,
  approvals: approvalsKo,
  rules: rulesKo,
  run: runKo,
  drift: driftKo,
  search: searchKo,
  settings: settingsKo,
  channels: channelsKo,
  audit: auditKo,
  backup: backupKo,
  secret: secretKo,
} as const

export type Namespace = keyof typeof KOREAN
export type WordKey<N extends Namespace> = keyof (typeof KOREAN)[N] & string

export const ENGLISH: { readonly [N in Namespace]: Readonly<Record<WordKey<N>, string>> } = {
  frame: frameEn,
  ui: uiEn,
  problem: problemEn,
  state: stateEn,
  signIn: signInEn,
  home: homeEn,
  import: importsEn,
  batches: batchesEn,
  approvals: approvalsEn,
  rules: rulesEn,
  run: runEn,
  drift: driftEn,
  search: searchEn,
  settings: settingsEn,
  channels: channelsEn,
  audit: auditEn,
  backup: backupEn,
  secret: secretEn,
}
