import type { ProblemCode } from '../../../domain/problem'

/** The same ideas as the Korean sentences, with the same values and the same parts in square brackets. */
export const words: Record<ProblemCode, string> = {
  'file-too-large':
    'The file is too large.[ This file has {{megabytes}} MB.][ The limit is {{max}} MB.] Split the file and import the parts.',
  'file-empty':
    'The file has no content. It may be the wrong file, or saving did not finish. Open it to check and import it again.',
  'file-not-text': 'This is not a text file. It may be a picture or a program. Import a file saved as CSV.',
  'file-encoding-broken':
    'The characters are broken and cannot be read.[ The file was read as {{encoding}}, which does not fit.] Choose another encoding, or save it again as "CSV UTF-8".',
  'file-malformed-csv':
    'Reading stopped because the CSV is malformed.[ It is near line {{line}}.] A quotation mark may not be closed. Open the file in a spreadsheet, mend that line and save again.',
  'file-too-many-rows':
    'There are too many lines.[ This file has {{rows}} lines.][ The limit is {{max}} lines.] Split the file and import the parts.',
  'file-too-many-columns':
    'There are too many columns.[ Line {{line}} has {{columns}} columns.][ The limit is {{max}} columns.] Check that this is refund data and remove columns that are not needed.',
  'file-field-too-long':
    'One cell is too long.[ It is in line {{line}}.][ The limit is {{max}} characters.] Check for an open quotation mark, shorten the cell and import again.',
  'file-header-missing-column':
    'The header lacks a column that is needed.[ Missing: {{column}}.] The name may differ, or the header line was removed. Match the header of the sample file and import again.',
  'file-header-duplicate-column':
    'Two or more columns mean the same.[ The column {{column}} is doubled.][ See "{{first}}" and "{{second}}".] The program cannot choose between them. Keep one and import again.',
  'file-imported-before':
    'This file has the same content as one imported before. You are told because refunds could go out twice. Look at the earlier batch first.',
  'file-wrong-kind':
    'This file cannot be read. It may be a folder, may have been moved, or may not be refund data. Choose one CSV file and import again.',
  'file-not-saved':
    'The file was not saved. Another program may have it open, or the folder may not be writable. Close the file or choose another folder.',
  'file-spreadsheet':
    'Spreadsheet files are not read directly. Cell formats can change the digits of accounts. Save it as "CSV UTF-8" and import that file.',
  'file-not-notices':
    'This cannot be read as KICC notifications. It may be a refund file or other data, or its end may be cut off. Import the notifications as your shop’s server keeps them (JSON or CSV).',

  'amount-missing':
    'The refund amount is empty. An empty amount could be read as a full refund, so nothing is sent. Enter the amount.',
  'amount-unreadable':
    'The refund amount cannot be read. It may hold decimals, an exponent or another currency. Write it like 12000 or 12,000.',
  'amount-not-positive':
    'The refund amount must be ₩1 or more. Zero and negative amounts cannot be sent. Correct the amount or leave the line out.',
  'amount-too-large':
    'The refund amount is too large.[ The limit is ₩{{max}}.] Two figures may have run together. Check the amount.',
  'amount-over-promisable':
    'The refund is more than can be refunded.[ For order {{orderNo}}, ₩{{short}} are missing.][ At present up to ₩{{promisable}} is possible.] Part may be refunded already or held by another batch. Lower the amount or look at the payment.',
  'payment-missing':
    'Order number and payment number are both empty. The program cannot tell which payment is meant. Enter one of them.',
  'payment-unknown':
    'This payment is not in the ledger.[ The order number is {{orderNo}}.] The number may be wrong, or payments have not been read from the PG yet. Check the number, then read the payments again or, for KICC, import its notifications.',
  'payment-ambiguous':
    'One order number has several payments.[ There are {{count}}.] The program cannot tell which one to refund. Add the payment number.',
  'payment-mismatch':
    'Order number and payment number point to different payments.[ This payment number belongs to order {{orderNo}}.] Lines may have shifted. Check both numbers.',
  'payment-not-paid':
    'This payment was not completed.[ Its state is "{{status}}".] No money was received, so nothing can be refunded. Look at the payment.',
  'payment-fully-cancelled':
    'This payment is already refunded in full. Nothing is left. Leave the line out or check the order number.',
  'payment-foreign-currency':
    "This payment is not in won.[ Its currency is {{currency}}.] This program refunds won only. Use the PG's own site.",
  'payment-promotion':
    "A discount or coupon is part of this payment. The share to give back cannot be split here. Use the PG's own site.",
  'payment-escrow':
    "This is an escrow payment. It has its own confirmation steps, so it is not refunded here. Use the PG's own site.",
  'payment-sandbox': 'This is a test payment. No real money moved. Check that it really is to be refunded.',
  'payment-blocked-open-attempt':
    'A refund of this payment has no certain outcome yet. It is blocked so that nothing goes out twice. Settle that refund first.',
  'account-missing':
    'The account number is missing. A virtual-account payment can only be given back to an account. Enter the account number.',
  'account-digits-lost':
    'Digits of the account number are lost. A spreadsheet turned it into something like 5.62E+13. Set the cells to "Text" in the original and save again.',
  'account-zeros-suspicious':
    'The end of the account number may have turned into zeros.[ It has {{length}} digits.] Spreadsheets keep only 15 digits. Compare it with the original.',
  'account-unreadable':
    'The account number cannot be read.[ It holds the character {{character}}.][ It has {{length}} digits.] Use digits and hyphens only.',
  'account-too-long':
    'The account number is too long.[ It has {{length}} digits; {{max}} can be sent.] Another number may have joined it. Check the number.',
  'account-length-unusual':
    'The number of digits is unusual for this bank.[ It has {{length}}; usual are {{usual}}.] A leading zero may be missing. Check the number.',
  'account-bank-alike': 'There is a bank name in the account cell. Columns may have shifted. Check bank and account.',
  'account-not-used':
    'The account given is not used.[ With {{method}},] the money goes back to what was paid with. If you meant to pay to the account, leave the line out and handle it apart.',
  'bank-missing': 'The bank is empty. A refund to an account needs a bank. Enter the name of the bank.',
  'bank-unknown':
    'The bank is unknown. The name may be misspelt or not on the list. Enter the name of a bank or its three-digit code.',
  'bank-ambiguous':
    'The bank name fits several banks.[ Possible: {{choices}}.] The program cannot choose. Enter the exact name.',
  'bank-not-at-pg':
    'This PG cannot refund to that bank.[ The list of {{provider}} has no entry for {{bank}}.] Ask the customer for another account.',
  'holder-missing': 'The account holder is empty. The PG refuses a refund without one. Enter the name of the holder.',
  'holder-too-long':
    'The account holder is too long.[ It has {{length}} characters; {{max}} can be sent.] Keep only the name on the bank book.',
  'phone-missing':
    'The phone number is empty.[ {{provider}} needs one for a refund.] Enter the number of the customer.',
  'phone-unreadable':
    'The phone number cannot be read. The leading 0 or a digit may be missing. Write it like 010-1234-5678.',
  'reason-too-long':
    'The reason is too long.[ It has {{bytes}} bytes; {{max}} can be sent.] A Korean letter takes 3 bytes. Shorten it.',
  'text-unsafe-character':
    'There is an invisible or forbidden character.[ Its code is {{codePoint}}.] It may have come in by copying from another program. Clear the cell and type it again.',
  'text-resident-number':
    'There is what looks like a resident registration number. A refund does not need this personal data. If it is one, remove it from the original and import again.',
  'text-broken-encoding':
    'There are broken characters. The file was saved in another encoding. Read it again in another encoding or save the original again.',
  'text-corrected':
    'Invisible characters or blanks were tidied.[ "{{before}}" became "{{after}}".] Check that the meaning is the same.',
  'tax-free-unreadable':
    'The tax-free amount cannot be read. It may hold something other than digits. Write it like 12000 or leave it empty.',
  'tax-free-over-amount':
    'The tax-free amount is more than the refund.[ Tax-free is ₩{{taxFree}}, the refund ₩{{amount}}.] Check both amounts.',
  'tax-free-required':
    'This payment needs a tax-free amount. It has tax-free goods, and without it the tax would be wrong. Enter the tax-free amount.',
  'vat-unreadable':
    'The VAT cannot be read. It may hold something other than digits. Write it like 12000 or leave it empty.',
  'vat-over-amount':
    'The VAT is too much for the refund.[ VAT is ₩{{vat}}, the refund ₩{{amount}}.] Check that the three amounts add up.',
  'duplicate-in-file':
    'The same payment stands in this file again.[ See line {{lines}}.] It may have been entered twice. Check that a refund in parts is meant.',
  'duplicate-in-batches':
    'The same payment is in another batch under way.[ Batches: {{batches}}.] It could be refunded twice. Look at that batch first.',
  'duplicate-refunded':
    'The same amount[ ({{amount}} won)] of this payment was refunded already[ on {{when}}]. The same file may have been imported again. Make sure that the customer is meant to get it once more.',
  'duplicates-unconfirmed':
    'Some rows are refunded already or stand in another batch.[ {{rows}} rows.] They might be refunded twice. Look at them under Warnings and, if they are right, tick that they are meant.',
  'row-too-many-cells':
    'This line has more cells than the header.[ The header has {{columns}}, this line {{cells}}.] A text with a comma may have been split. Put that cell in quotation marks.',
  'date-unreadable': 'The date cannot be read. Its form is not known. Write it like 2026-11-21 or 2026-11-21 14:02.',
  'kind-unreadable':
    'The kind of the line is not known. It says neither payment nor cancel. Write "결제" or "취소" in the kind column.',

  'notice-unreadable':
    "A notification line cannot be read. It does not look like one of KICC's, or it was cut.[ The part is {{what}}.] Export the original text from the shop's server and import it again.",
  'notice-unknown-merchant':
    'No channel has this merchant number.[ The number is {{merchant}}.] Enter it at a channel in the settings, then import the same file again.',
  'notice-without-row':
    'The ledger has no refund for this notification.[ Its transaction is {{key}}.] Leave it if the refund was made elsewhere; if it was made here, find the row and note it by hand.',

  'payment-notice-stops':
    "Notifications about this payment contradict the ledger, so refunds of it are stopped. Its amount was told differently, or the bank took the deposit back. Look at the payment in the PG's console, and refund there if it is due.",
  'payment-notice-unplaced':
    "There are notifications of a refund of this payment that this program does not know.[ There are {{count}}.] It may be refunded already; look at the PG's console before you go on.",
  'duplicate-returned':
    'A refund of this payment has come back once.[ It says that {{amount}} won came back on {{when}}.] Make sure that the money really did not reach the customer.',
  'payment-changed':
    "The payment that the PG shows is not the one in the ledger. Its amount or the PG's transaction number differs, so it may belong to another shop. Look at the channel's settings and the PG's console.",
  'notice-for-open-row':
    'This may be the notification of a refund whose outcome was not known.[ Its transaction is {{key}}.] Open the refund of that payment, compare it with this notification, and let a checker decide.',
  'notice-contradicts':
    "The notification contradicts the ledger.[ Its transaction is {{key}}.] Look at the PG's console and settle it under today's tasks or the mismatches.",
  'channel-has-payments':
    'This channel has payments already, so its shop cannot be changed. With another merchant number, store or host the same payments would come in twice. Add a new channel for another shop.',
  'rule-method-not-refundable':
    "This payment method cannot be refunded here.[ The method is {{method}}.] The PG does not take it this way. Use the PG's own site.",
  'rule-mobile-month':
    "A mobile payment can be cancelled only in the month it was paid.[ It was paid in {{paidMonth}}.] The carrier has billed it already. Pay to the customer's account apart.",
  'rule-partial-not-allowed':
    'This payment cannot be refunded in part.[ Paid ₩{{paid}}, refund ₩{{amount}}.][ This is a rule of {{provider}}.] Refund all of it, or ask the PG.',
  'rule-night-window':
    'The PG takes no refunds at this hour.[ {{provider}} rests from {{from}} to {{to}}.] Sending goes on by itself afterwards. Nothing needs to be done.',
  'rule-partial-count':
    'This payment has had as many refunds in part as are allowed.[ There were {{count}}; {{max}} are possible.][ This is a rule of {{provider}}.] Ask the PG about the rest.',
  'rule-unknown-provider':
    "The rules of this PG are not known.[ PG: {{provider}}.] Money is not sent on a guess. Use the PG's own site and check the result.",
  'rule-refund-age':
    'This payment is old, and the PG may refuse.[ The limit of {{provider}} is {{months}} months.][ The limit of {{provider}} is {{days}} days.] For large amounts, ask the PG first.',
  'rule-cancel-elsewhere':
    "Payments of this kind are not refunded from here.[ It is a {{method}} payment of {{provider}}.] They are given back by a cancel of the approval, which this program does not send. Cancel it in the PG's console.",
  'rule-escrow-status-change':
    "This is an escrow payment.[ At {{provider}},] it is given back by a change of its escrow state, not by a refund request. Do that in the escrow menu of the PG's console and leave this line out.",
  'rule-service-missing':
    'This channel has no refund service.[ {{provider}} refunds] are open only to merchants who ordered settlement or real-time refunds. Ask your contact at the PG and choose the ordered services in Settings.',
  'rule-month-unconfirmed':
    'This mobile payment is of an earlier month.[ It was paid in {{paidMonth}}.][ The documents of {{provider}}] do not say until when it can be given back, so it may be refused. If the amount is large, ask the PG first.',
  'rule-partial-contract':
    'Partial refunds are open only to merchants who ordered them.[ It is a rule of {{provider}}.] Without the contract the PG refuses. If you have it, mark the rule as agreed in Settings.',
  'rule-vat-on-partial':
    'This is a partial refund without VAT.[ It is a rule of {{provider}}.] If the payment stated its VAT, the PG may refuse, or the taxes come out wrong. Look at the payment and enter the VAT if needed.',
  'rule-tax-free-on-partial':
    'This partial refund has a tax-free part.[ It is a rule of {{provider}}.] KakaoPay and Payco take none on partial refunds and may refuse. Check which wallet it was.',
  'rule-tax-not-sent':
    'The tax-free amount in this line is not sent. The channel is not set up for taxed and tax-free goods. If the merchant sells both, change the channel in Settings and import the file again.',
  'rule-basket-needed':
    'This payment was split among sellers, but no part is named. Without it the settlement comes out wrong. Enter the part number and the seller in the column of split parts.',
  'rule-basket-not-sent':
    "Split payments cannot be refunded through this PG.[ It is a payment of {{provider}}.] There is no way to send the sellers' shares, so the settlement would come out wrong. Do it in the PG's console, or empty the cell if the payment was not split.",
  'vat-required':
    'The VAT is missing. Merchants with taxed and tax-free goods state taxed, tax-free and VAT amounts. Enter the VAT, or 0 if there is none.',
  'holder-bytes-too-long':
    'The account holder is too long.[ It has {{bytes}} bytes of at most {{max}}.] A Korean letter takes three bytes. Keep only the name as it stands in the bankbook.',
  'text-refused-character':
    'There is a character that the PG refuses.[ It is "{{character}}".] A request with it is turned down. Take it out and import the file again.',
  'basket-unreadable':
    'The split parts cannot be read. A part may stand there twice, or its seller is missing. Write "part:seller", one after the other with semicolons between.',
  'basket-item-too-long':
    'A split part is too long.[ A part number takes {{item}} bytes, a seller {{seller}}.] Another value may have been joined to it. Check the numbers.',
  'rule-overridden':
    'A rule is broken, but the refund is sent.[ The rule: {{rule}}] Settings say that the contract with the PG has it otherwise. Check that the contract covers this one.',

  'drift-balance-differs':
    'What is left differs between our ledger and the PG.[ Ours is ₩{{ours}}, the PG has ₩{{pg}}.] It may have been cancelled elsewhere, so nothing was sent. Settle it under Mismatches first.',
  'row-took-effect':
    "The PG's history already holds an earlier request for this very refund. It was taken for not carried out and was, only late, so nothing was sent again. If this payment stands under Mismatches, adopt the PG's history there, and do not upload this refund anew.",
  'pg-payment-not-found':
    "The PG did not find this payment.[ The order number is {{orderNo}}.] It may belong to another shop or be gone. Check on the PG's own site.",
  'drift-reservation-held':
    'An approved refund of this payment is waiting.[ The order number is {{orderNo}}.] Adopting the record now would upset its amount. Try again when that batch is complete.',
  'drift-already-settled':
    'This mismatch is settled already. Someone else may have been first. Look at the list again.',
  'drift-over-paid':
    'Recording this cancel would take the cancels above what was paid.[ The order number is {{orderNo}}.] One of the records may be wrong. Do not record it; check the file and the PG.',
  'drift-not-adoptable':
    'This mismatch cannot be settled by adopting the PG record. The total and the history of the PG disagree, so there is nothing certain to follow. Ask the PG, then settle it with a reason.',

  'pg-offline':
    'The PG cannot be reached.[ The channel is "{{channel}}".] The internet may be down, or a firewall stands in the way. A run goes on by itself when the connection returns; do anything else again then.',
  'pg-refused-keys':
    'The PG refused the keys.[ The channel is "{{channel}}".] They may have changed or been mistyped. Enter the keys again in Settings and test the connection.',
  'pg-odd-answer':
    'The PG gave an answer that makes no sense.[ The channel is "{{channel}}".][ Its number is {{status}}.][ The odd part: {{what}}.] Nothing was taken as a success. Try again later; if it goes on, ask the PG.',
  'pg-timeout':
    'The PG did not answer in time.[ The channel is "{{channel}}".] It may be slow, or the connection is unsteady. Refunds that were sent are looked up before the run goes on; do anything else again in a moment.',
  'pg-busy':
    'The PG is busy and asked for a pause.[ The channel is "{{channel}}".][ It is asked again in {{seconds}} seconds.] A run slows down and goes on by itself; do anything else again in a moment.',
  'pg-keys-missing':
    'The PG keys are missing.[ The channel is "{{channel}}".] They have not been entered yet. Enter them in Settings under PG connection.',
  'pg-refused-refund':
    'The PG refused the refund.[ Its words: "{{message}}".] No money went out. Mend the cause and submit it in a new batch.',
  'pg-refusal-unproven':
    'The PG answered with an error, but it is not certain that the refund failed.[ Its words: "{{message}}".] This payment is blocked so that nothing goes out twice. Read the outcome with "Ask the PG".',
  'pg-answer-lost':
    'The answer to the refund request was lost.[ For order {{orderNo}}, a person may decide in {{minutes}} minutes.] It is not sent again before it is clear whether it went out. Read the outcome with "Ask the PG".',
  'pg-look-up-closed':
    "The PG no longer tells what became of this request. It answers for the day of the request and the day after.[ That ended {{until}}.] Look at the PG's console and decide with a reason.",
  'pg-merchant-missing':
    'This channel has no merchant number, so the PG cannot be asked. The channel is not filled in yet. Enter the number and the ordered refund services in the settings.',
  'pg-day-passed':
    "Midnight passed before the request left, so it was not sent. This PG takes requests of today's date only. It is prepared anew with today's date in a moment; wait.",
  'payout-failed':
    'The bank did not take the refund, so the money has not reached the customer. Ask the customer for the right account and refund with a new row.',

  'sign-in-required': 'You need to sign in. Nobody is signed in, or you signed out. Sign in and try again.',
  'role-missing':
    'You do not have the role for this.[ The role needed is {{role}}.] Let someone with the role do it, or ask an administrator.',
  'pin-wrong':
    'The PIN is wrong.[ After {{left}} more wrong tries it is locked.] Check that the right person is chosen and enter it again.',
  'pin-locked': 'The PIN is locked after several wrong tries.[ It opens in {{minutes}} minutes.] Wait and try again.',
  'approver-is-maker':
    'Whoever submitted a batch cannot approve it. This keeps one person from sending money alone. Ask another checker.',
  'content-changed':
    'The batch changed after you looked at it. Only what was seen is approved. Look at it again and approve.',
  'batch-wrong-state':
    'This cannot be done in the present state.[ The batch is "{{state}}".] Someone else may have been first. Open the batch again.',
  'batch-empty':
    'The batch has no line to refund. All lines have errors or were left out. Mend the file and import it again.',
  'batch-has-blocked-rows':
    'Some lines are blocked, so it cannot be submitted as it is.[ Blocked lines: {{rows}}.] Submit without them, or mend the file and import it again.',
  'approval-expired':
    'The approval has expired. Money is not sent on an old approval. Save what is left as the file of failed rows, import it again and have the new batch approved.',
  'pin-too-weak':
    'The PIN is too simple or too short. It needs six characters or more, not all the same and not in sequence. In practice four are enough. Choose another one.',
  'name-missing':
    'The name is empty or too long. Lists and the record must tell it apart. Enter a short name and try again.',
  'name-taken':
    'This name exists already. The record could not tell the two people apart. Write it differently, for example with the department.',
  'prompt-expired':
    'The time of this window is over. Left open, it could be used by someone else. Start again from the beginning.',
  'batch-not-own': 'Another person made this batch. Only its maker may submit or withdraw it. Ask that person.',

  cancelled: 'It was cancelled. What had begun goes no further. Start again if needed.',
  'not-found': 'The item is not there. It may be gone, or someone else changed it. Open the list again.',
  'ipc-refused-sender':
    'The program refused a request from a page it does not know. The page may have changed. Restart the program and report it if it goes on.',
  'ipc-refused-input':
    'A value sent by the page was refused because it breaks a rule. It may be too long or empty. Correct it and try again.',
  'ledger-damaged':
    'The ledger file is damaged. The disk may have a fault, or the file was changed from outside. Do not go on with refunds on this ledger. Restore a backup in Settings, or close the program, make a copy of the whole data folder and give this number to your support contact.',
  'ledger-newer': 'A newer version made this ledger. Opening it here could upset the records. Update the program.',
  'ledger-wrong-mode':
    'This ledger belongs to another mode. Practice and live ledgers never mix. Check the data folder.',
  'ledger-key-wrong':
    'The key does not open the ledger. The key file may have changed, or the ledger is from another computer. Put it back with its own key and open it again.',
  'ledger-in-use':
    'Another program is using the ledger. It may be a backup or a virus scan. Try again when that program is done.',
  'disk-full': 'The disk is full. Money is not sent when it cannot be recorded. Free some space and try again.',
  'core-stopped':
    'The part of the program that keeps the ledger has stopped. Refunds under way are looked up at the next start. Restart the program.',
  'live-refused-runtime':
    'This installation cannot make live refunds. It runs on a test runtime, or its protection is off. Use the official installation.',
  'live-refused-keyring':
    'This computer has no safe store for keys. Live keys could not be protected, so this is blocked. Switch on the keyring of the system and try again.',
  'reason-missing': 'The reason is empty. This act is recorded with its reason. Enter one and try again.',
  'busy-already': 'The same work is under way. It is blocked so that it is not done twice. Wait until it ends.',
  'not-in-this-mode':
    'This cannot be done in the present mode. It belongs to practice only, or to live only. Check the mode in Settings.',
  'holiday-closed-already':
    'Banks are closed on this day already. It is a weekend or stands in the table, so there is nothing to add. Check the date.',
  'channels-full':
    'No more channels can be added.[ The limit is {{max}}.] Rename and reuse a channel that is no longer needed.',
  'channel-name-taken':
    'Another channel has this name. Approvals and batches could not tell the two apart. Add the shop or the service to the name.',
  'merchant-taken':
    'Another channel has this merchant number.[ It is "{{channel}}".] A notification would not know its channel, so enter the number at one channel only.',
  'rule-unknown': 'There is no such rule. The list has changed meanwhile. Open the screen again.',
  'rule-not-overridable':
    'This rule cannot be set aside. It comes from what the PG takes as a value, not from a contract. Correct the value in the file.',
  'ledger-quarantined':
    'The ledger was put back to an earlier state, so approving and paying are blocked. It may not know refunds paid since. Compare it with the PG in the note at the top of the window, then lift the block.',
  'ledger-restored':
    'This row ended when the ledger was restored. It may have been paid after the state that was restored, so it is not sent. Compare with the PG and submit it in a new batch if it is still due.',
  'backup-failed':
    'No backup could be made.[ {{why}}] Check the space and the rights of the data folder, then try again in Settings. Ledger and run are untouched.',
  'backup-unsound':
    'This backup is damaged or does not belong to this ledger, so it cannot be used. The ledger is untouched. Choose the backup of another day.',
  'quarantine-not-compared':
    'The block cannot be lifted, because the comparison with the PG is not complete. Without it a refund could be paid twice. Finish the comparison and lift the block within an hour.',
  'quarantine-ended': 'The ledger is not blocked. Someone else may have lifted it. Open the screen again.',
  unexpected:
    'Something unexpected went wrong. The cause is not known yet.[ It is in the log as {{id}}.] Try again, and report the number if it goes on.',
}
