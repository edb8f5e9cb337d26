/** Backups, the way back from a damaged ledger, and the block after it. */
export const words = {
  'home.label': 'Backup',
  'home.fine': 'Backup fine – {{when}}',
  'home.none': 'There is no backup yet. The first one is made shortly.',
  'home.old': 'The last backup is of {{when}}.',
  title: 'Backups',
  about:
    'The ledger is copied once a day, and only a copy that was opened and proven by itself is kept: the last 14 days and the first of each of the last 12 months.',
  keyHint:
    'A backup opens with the key of this computer only. To be safe from a broken disk, keep a copy of vault.json (with vault.key, if there is one) and of the folder backups elsewhere. Where the operating system keeps the key, that user account is needed as well.',
  'list.label': 'List of backups',
  'list.none': 'There is no backup yet.',
  'column.at': 'Made at',
  'column.size': 'Size',
  'column.state': 'State',
  'column.act': 'Action',
  'state.sound': 'Proven',
  'state.broken': 'Not readable',
  'make.verb': 'Back up now',
  'make.done': 'A backup was made and proven.',
  'restore.verb': 'Restore',
  'restore.label': 'Restore the backup of {{when}}',
  'restore.title': 'Restore a backup',
  'restore.body':
    'The ledger goes back to its state of {{when}}. Records since then are gone from the ledger; the present file is moved aside, not deleted. Money already paid does not come back.',
  'restore.after':
    'The program starts anew with approving and paying blocked. Unfinished batches and imported files end. After a comparison with the PG a checker lifts the block.',
  'restore.confirm': 'Go back and restart',
  'restore.adminOnly': 'Only an administrator may restore.',
  'quarantine.restored': 'This ledger was restored from a backup. Approving and paying are blocked.',
  'quarantine.rolled-back': 'The ledger file was replaced by an older one. Approving and paying are blocked.',
  'quarantine.text':
    'This ledger does not know refunds paid after {{when}}. Compare it with the PG and look at the differences; then a checker lifts the block.',
  'quarantine.compare': 'Compare with the PG',
  'quarantine.again': 'Compare again',
  'quarantine.comparing': 'Comparing with the PG.',
  'quarantine.compared': 'Payments compared at {{when}}: {{count}}.',
  'quarantine.noDifference': 'Nothing differs.',
  'quarantine.differences': 'Differences: {{count}}.',
  'quarantine.paidSince': 'Refunds paid by this program after the restored state: {{count}}, {{amount}}.',
  'quarantine.undecided': 'Refunds without an outcome yet: {{count}}. Slow payment methods may still change them.',
  'quarantine.notShown':
    'Payments of PGs that list none, such as KICC, not compared: {{count}}. Before the block is lifted, import their notifications and look for later refunds in the PG’s own console.',
  'quarantine.missing': 'Payments of the ledger that the PG does not know, not compared: {{count}}.',
  'quarantine.seeDrift': 'See mismatches',
  'quarantine.lift': 'Lift the block',
  'quarantine.liftTitle': 'Allow approving and paying again',
  'quarantine.liftBody': 'This records that the comparison was read and that refunds may be sent again.',
  'quarantine.liftRest': 'Refunds of payments that differ stay stopped until their mismatch is settled.',
  'quarantine.checkerOnly': 'A checker lifts the block.',
  'recovery.title': 'The ledger cannot be opened',
  'recovery.damaged':
    'The ledger file is damaged or gone, so it was not opened. The disk may have a fault, or the file was changed from outside.',
  'recovery.foreign':
    'The file in the place of the ledger belongs to another ledger, so it was not opened. Files may have been mixed up.',
  'recovery.choose':
    'You can go on with the backup below. If there is another way to bring the ledger file back, quit and try that first.',
  'recovery.file': 'Ledger file',
  'recovery.backup': 'Newest backup',
  'recovery.size': 'Backup size',
  'recovery.lost':
    'Restored, the ledger is as it was at {{when}}. Refunds and approvals since then are missing from it. Money already paid stays paid; a comparison with the PG finds it afterwards.',
  'recovery.kept': 'The damaged file is not deleted but moved to the folder damaged.',
  'recovery.restore': 'Restore the backup',
  'recovery.quit': 'Quit',
}
