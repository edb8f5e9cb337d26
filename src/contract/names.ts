/**
 * Names for the preloads, which must carry no schema library. The types keep them equal to the map of channels:
 * a missing or a foreign name does not compile.
 */
import type { Channel } from './channels'
import type { EventName } from './events'

/** All calls of the page travel on this one IPC channel name. */
export const CALL_CHANNEL = 'refund-desk:call'
export const EVENT_CHANNEL = 'refund-desk:event'
export const SECRET_CHANNEL = 'refund-desk:secret'

const channelNames = {
  'app.state': true,
  'app.setPreferences': true,
  'session.signIn': true,
  'session.signOut': true,
  'home.today': true,
  'import.chooseFile': true,
  'import.dropFile': true,
  'import.sampleFile': true,
  'import.drafts': true,
  'import.draft': true,
  'import.rows': true,
  'import.reread': true,
  'import.discard': true,
  'batch.create': true,
  'batch.list': true,
  'batch.get': true,
  'batch.rows': true,
  'batch.check': true,
  'batch.submit': true,
  'batch.withdraw': true,
  'batch.approve': true,
  'batch.reject': true,
  'run.state': true,
  'run.pause': true,
  'run.resume': true,
  'row.get': true,
  'row.look': true,
  'row.decideNotSent': true,
  'row.decideOurs': true,
  'row.confirmPayout': true,
  'row.payoutFailed': true,
  'row.needingLook': true,
  'row.overdue': true,
  'followUp.list': true,
  'followUp.done': true,
  'export.result': true,
  'export.failedRows': true,
  'export.template': true,
  'sync.start': true,
  'books.chooseFile': true,
  'books.dropFile': true,
  'books.sampleFile': true,
  'notices.chooseFile': true,
  'notices.dropFile': true,
  'notices.sampleFile': true,
  'notices.paste': true,
  'drift.list': true,
  'drift.get': true,
  'drift.adopt': true,
  'drift.dismiss': true,
  'payment.search': true,
  'payment.get': true,
  'audit.list': true,
  'audit.verify': true,
  'settings.channels': true,
  'settings.addChannel': true,
  'settings.rules': true,
  'settings.overrideRule': true,
  'settings.saveChannel': true,
  'settings.enterKeys': true,
  'settings.testChannel': true,
  'settings.policies': true,
  'settings.savePolicies': true,
  'settings.addPerson': true,
  'settings.switchMode': true,
  'settings.holidays': true,
  'settings.saveHoliday': true,
  'backup.list': true,
  'backup.make': true,
  'backup.restore': true,
  'quarantine.compare': true,
  'quarantine.end': true,
  'recovery.state': true,
  'recovery.restore': true,
  'recovery.quit': true,
  'task.cancel': true,
} as const satisfies Record<Channel, true>

const eventNames = { changed: true, run: true, connection: true, task: true } as const satisfies Record<EventName, true>

export const CHANNEL_NAMES = Object.keys(channelNames) as readonly Channel[]
export const EVENT_NAMES = Object.keys(eventNames) as readonly EventName[]
