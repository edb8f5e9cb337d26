import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * One change of one source, and the row of docs/pg-coverage.md whose tests must see it.
 *
 * @typedef {{ readonly row: string, readonly how: string, readonly file: string, readonly source: string }} Mutation
 */

/** Another value of the same kind, whatever the kind. */
const ANOTHER =
  "((x: any): any => typeof x === 'number' ? x + 1 : typeof x === 'boolean' ? !x : typeof x === 'string' ? x + '1' : Array.isArray(x) ? [] : x === null || x === undefined ? x : {})"

/** All mutations, made of the sources as they stand. Throws where a source no longer has what is to be changed. */
export function makeMutations() {
  /** @type {Mutation[]} */
  const mutations = []
  const sources = new Map()
  const sourceOf = (file) => {
    if (!sources.has(file)) sources.set(file, readFileSync(path.join(root, file), 'utf8'))
    return sources.get(file)
  }
  const add = (row, how, file, from, to, text) => {
    const source = sourceOf(file)
    mutations.push({ row, how, file, source: source.slice(0, from) + text + source.slice(to) })
  }
  /** Replaces a text that stands in the file once. */
  const swap = (row, how, file, find, replace) => {
    const source = sourceOf(file)
    const at = source.indexOf(find)
    if (at === -1 || source.includes(find, at + 1))
      throw new Error(`${row}, ${how}: not found once in ${file}: ${find}`)
    add(row, how, file, at, at + find.length, replace)
  }

  for (const [pg, { sent, sentOddly, read, unread, unsent, swaps }] of Object.entries(PGS)) {
    const inFolder = (file) => `src/main/core/pg/${pg}/${file}`

    for (const [table, file, properties] of sent) {
      for (const property of properties) {
        const [name = '', value = ''] = property.split(/: (.*)/s)
        const row = `${pg}/${table}.${name.replaceAll("'", '')}`
        const source = sourceOf(inFolder(file))
        const at = source.indexOf(property)
        if (at === -1 || source.includes(property, at + 1))
          throw new Error(`${row}: not found once in ${inFolder(file)}: ${property}`)
        const end = at + property.length
        add(row, 'dropped', inFolder(file), at, source[end] === ',' ? end + 1 : end, '')
        add(row, 'altered', inFolder(file), at, end, `${name}: ${ANOTHER}(${value})`)
      }
    }
    for (const [row, file, find, dropped, altered] of sentOddly) {
      swap(`${pg}/${row}`, 'dropped', inFolder(file), find, dropped)
      swap(`${pg}/${row}`, 'altered', inFolder(file), find, altered)
    }
    for (const [table, file, anchor, places] of read) {
      for (const place of places) {
        const row = `${pg}/${table}.${place.split('.').at(-1)}`
        const source = sourceOf(inFolder(file))
        const { from, to } = valueAt(source, anchor, place, inFolder(file))
        const schema = source.slice(from, to)
        add(row, 'dropped', inFolder(file), from, to, asIfMissing(schema))
        add(row, 'altered', inFolder(file), from, to, `v.pipe(${schema}, v.transform(${ANOTHER}))`)
      }
    }
    for (const [table, file, anchor, place, fields] of unread) {
      for (const field of fields) {
        const source = sourceOf(inFolder(file))
        const { from } = objectAt(source, anchor, place, inFolder(file))
        add(
          `${pg}/${table}.${field}`,
          'decides',
          inFolder(file),
          from,
          from,
          ` ${field}: v.optional(v.pipe(v.string(), v.regex(/^read$/))),`,
        )
      }
    }
    for (const [table, file, find, fields] of unsent) {
      for (const field of fields)
        swap(`${pg}/${table}.${field}`, 'sent', inFolder(file), find, `${find} ${field}: 'x',`)
    }
    for (const [row, how, file, find, replace] of swaps) swap(`${pg}/${row}`, how, inFolder(file), find, replace)
  }
  for (const name of NOTICE_FIELDS) {
    const file = 'src/main/core/pg/kicc/notices.ts'
    const row = `kicc/NOTICE_FIELDS.${name}`
    swap(row, 'dropped', file, 'Object.hasOwn(values, name)', `name !== '${name}' && Object.hasOwn(values, name)`)
    swap(
      row,
      'altered',
      file,
      '[name, value.trim()]',
      `[name, name === '${name}' && value !== '' ? value.trim() + '1' : value.trim()]`,
    )
  }
  for (const name of ['bankCode', 'bankName', 'basketUsed']) {
    swap(
      `kicc/NOTICE_FIELDS.${name}`,
      'decides',
      'src/main/core/pg/kicc/notices.ts',
      'export const NOTICE_FIELDS = {',
      `export const NOTICE_FIELDS = { ${name}: field('key', 'tells'),`,
    )
  }
  return mutations
}

/** What a schema makes of a field that is not there, though it is. */
const asIfMissing = (schema) =>
  `v.optional(v.pipe(v.unknown(), v.transform((): unknown => undefined), ${schema}), null as never)`

/** Where the value of a property stands, such as `amount.total` of the first object behind the anchor. */
function valueAt(source, anchor, place, file) {
  let { from } = objectAt(source, anchor, '', file)
  let range
  for (const name of place.split('.')) {
    if (range !== undefined) from = openingAt(source, range.from, file, place)
    range = propertyAt(source, from, name)
    if (range === undefined) throw new Error(`${file} has no ${place} behind ${anchor}`)
  }
  return range
}

/** Right behind the brace that opens an object. */
function objectAt(source, anchor, place, file) {
  const at = source.indexOf(anchor)
  if (at === -1 || source.includes(anchor, at + 1)) throw new Error(`not found once in ${file}: ${anchor}`)
  return { from: openingAt(source, place === '' ? at : valueAt(source, anchor, place, file).from, file, anchor) }
}

function openingAt(source, at, file, what) {
  const brace = source.indexOf('{', at)
  if (brace === -1) throw new Error(`${file} has no object behind ${what}`)
  return brace + 1
}

/** The value of a property of the object whose inside begins at `from`, up to the comma or brace behind it. */
function propertyAt(source, from, name) {
  let depth = 0
  let start
  for (let at = from; at < source.length; at += 1) {
    if (source.startsWith('//', at)) at = source.indexOf('\n', at)
    else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 1
    else if (source[at] === "'") at = source.indexOf("'", at + 1)
    else if (depth === 0 && start === undefined && source.startsWith(`${name}: `, at) && /[\s{]/.test(source[at - 1])) {
      start = at + name.length + 2
      at = start - 1
    } else if ('([{'.includes(source[at])) depth += 1
    else if (depth === 0 && start !== undefined && ',}'.includes(source[at])) return { from: start, to: at }
    else if (')]}'.includes(source[at])) {
      depth -= 1
      if (depth < 0) return undefined
    }
  }
  return undefined
}

const NOTICE_FIELDS = [
  'mallId',
  'notiType',
  'resCd',
  'resMsg',
  'pgCno',
  'shopOrderNo',
  'transactionDate',
  'statusCode',
  'payMethodTypeCode',
  'amount',
  'currency',
  'escrowUsed',
  'tlfSno',
  'cancelPgCno',
  'cancelAmount',
  'cancelRemainAmount',
  'depositPgCno',
  'accountNo',
  'customerName',
  'goodsName',
]

/** How a real-time code is made; the replacement of one code leaves the others as they are. */
const SUB_TYPE = "subType: `${settings.accountCheck === 'by-pg' ? '1' : '2'}${full ? '0' : '1'}`"
const subType = (code, another) => [
  [
    `reviseSubTypeCode.${code}`,
    'never used',
    'encode.ts',
    SUB_TYPE,
    SUB_TYPE.replace(/`$/, '`.replace(/^' + code + "$/, '')"),
  ],
  [
    `reviseSubTypeCode.${code}`,
    'altered',
    'encode.ts',
    SUB_TYPE,
    SUB_TYPE.replace(/`$/, '`.replace(/^' + code + `$/, '${another}')`),
  ],
]

/**
 * - `sent`: table, file, properties of an object that becomes the request.
 * - `sentOddly`: row, file, text, the text without the field, the text with another value.
 * - `read`: table, file, where its schema begins, places of fields in it.
 * - `unread`: table, file, where the schema begins, place of the object in it, fields that it does not have.
 * - `unsent`: table, file, the text that begins the request, fields that it does not have.
 * - `swaps`: row, what is done, file, text, replacement.
 *
 * @type {Readonly<Record<string, {
 *   readonly sent: readonly (readonly [string, string, readonly string[]])[],
 *   readonly sentOddly: readonly (readonly [string, string, string, string, string])[],
 *   readonly read: readonly (readonly [string, string, string, readonly string[]])[],
 *   readonly unread: readonly (readonly [string, string, string, string, readonly string[]])[],
 *   readonly unsent: readonly (readonly [string, string, string, readonly string[]])[],
 *   readonly swaps: readonly (readonly [string, string, string, string, string])[],
 * }>>}
 */
const PGS = {
  'portone-v1': {
    sent: [
      ['TOKEN_REQUEST', 'token.ts', ['imp_key: apiKey', 'imp_secret: apiSecret']],
      [
        'CANCEL_REQUEST',
        'encode.ts',
        [
          "imp_uid: fitting('imp_uid', intent.pgKey)",
          "tax_free: partOf('tax_free', taxFree ?? 0, amount)",
          "vat_amount: partOf('vat_amount', vat, amount)",
          "reason: fitting('reason', reasonWithTag(intent.tag, intent.reason))",
          "refund_holder: fitting('refund_holder', account.holder)",
          "refund_bank: fitting('refund_bank', bank)",
          "refund_account: digits('refund_account', account.accountNo)",
          "refund_tel: digits('refund_tel', account.phone)",
        ],
      ],
      [
        'LOOKUP_QUERY',
        'lookup.ts',
        ["'imp_uid[]': ref.key", "'merchant_uid[]': ref.orderNo", 'include_sandbox: String(includeSandbox)'],
      ],
      [
        'LIST_QUERY',
        'list.ts',
        [
          'from: String(window.from)',
          'to: String(window.to)',
          'page: String(number)',
          'limit: String(rowsPerPage)',
          "sorting: 'started'",
          'include_sandbox: String(includeSandbox)',
        ],
      ],
    ],
    sentOddly: [
      [
        'CANCEL_REQUEST.amount',
        'encode.ts',
        '      amount,\n      checksum,',
        '      checksum,',
        '      amount: amount + 1,\n      checksum,',
      ],
      [
        'CANCEL_REQUEST.checksum',
        'encode.ts',
        '      amount,\n      checksum,',
        '      amount,',
        '      amount,\n      checksum: checksum + 1,',
      ],
    ],
    read: [
      ['TOKEN_ANSWER', 'schemas.ts', 'export const TokenSchema', ['access_token', 'expired_at', 'now']],
      ['ENVELOPE', 'schemas.ts', 'export const EnvelopeSchema', ['code', 'message', 'response']],
      ['PAGE', 'schemas.ts', 'export const PageSchema', ['total', 'next', 'list']],
      [
        'PAYMENT',
        'schemas.ts',
        'export const PaymentSchema',
        [
          'imp_uid',
          'merchant_uid',
          'pay_method',
          'pg_provider',
          'pg_tid',
          'sandbox',
          'escrow',
          'name',
          'amount',
          'cancel_amount',
          'currency',
          'buyer_name',
          'status',
          'paid_at',
          'cancel_history',
          'promotion',
        ],
      ],
      [
        'CANCEL_ENTRY',
        'schemas.ts',
        'const CancelEntrySchema',
        ['pg_tid', 'amount', 'cancelled_at', 'reason', 'cancellation_id'],
      ],
    ],
    unread: [
      ['PAGE', 'schemas.ts', 'export const PageSchema', '', ['previous']],
      ['CANCEL_ENTRY', 'schemas.ts', 'const CancelEntrySchema', '', ['receipt_url']],
      [
        'PAYMENT',
        'schemas.ts',
        'export const PaymentSchema',
        '',
        [
          'channel',
          'emb_pg_provider',
          'pg_id',
          'apply_num',
          'bank_code',
          'bank_name',
          'card_code',
          'card_name',
          'card_issuer_code',
          'card_issuer_name',
          'card_publisher_code',
          'card_publisher_name',
          'card_quota',
          'card_number',
          'card_type',
          'vbank_code',
          'vbank_name',
          'vbank_num',
          'vbank_holder',
          'vbank_date',
          'vbank_issued_at',
          'buyer_email',
          'buyer_tel',
          'buyer_addr',
          'buyer_postcode',
          'custom_data',
          'user_agent',
          'started_at',
          'failed_at',
          'cancelled_at',
          'fail_reason',
          'cancel_reason',
          'receipt_url',
          'cash_receipt_issued',
          'customer_uid',
          'customer_uid_usage',
          'deposit_history',
          'cancel_receipt_urls',
        ],
      ],
    ],
    unsent: [
      [
        'CANCEL_REQUEST',
        'encode.ts',
        'body: JSON.stringify({',
        ['merchant_uid', 'retain_promotion', 'enable_webhook', 'extra'],
      ],
    ],
    swaps: [],
  },
  kicc: {
    sent: [
      [
        'REVISE_REQUEST',
        'encode.ts',
        [
          'mallId: settings.merchantId',
          "shopTransactionId: key('shopTransactionId', requestKey(intent))",
          "pgCno: key('pgCno', pgCnoOf(intent))",
          'reviseTypeCode: type',
          'reviseSubTypeCode: subType',
          'remainAmount: intent.checksum',
          "cancelReqDate: fitting('cancelReqDate', dayText(intent.requestedOn))",
          "reviseMessage: fitting('reviseMessage', reasonWithTag(intent.tag, intent.reason))",
          'refundInfo: refundInfo(intent)',
          'taxInfo: taxInfo(intent)',
          "basketUsed: 'Y'",
          'basketInfo: basketInfo(intent.basket)',
        ],
      ],
      [
        'REFUND_INFO',
        'encode.ts',
        [
          "refundBankCode: fitting('refundBankCode', bank)",
          "refundAccountNo: fitting('refundAccountNo', account.accountNo)",
          "refundDepositName: fitting('refundDepositName', account.holder)",
          "depositPgCno: key('depositPgCno', pgKey)",
        ],
      ],
      ['TAX_INFO', 'encode.ts', ['taxationAmount: amount - taxFree - vat', 'taxFreeAmount: taxFree', 'vatAmount: vat']],
      [
        'BASKET_INFO',
        'encode.ts',
        ["productPgCno: key('productPgCno', itemKey)", "sellerId: fitting('sellerId', sellerId)"],
      ],
    ],
    sentOddly: [
      [
        'REVISE_REQUEST.amount',
        'encode.ts',
        "...(full && settings.fullAmount === 'omit' ? {} : { amount }),",
        '',
        "...(full && settings.fullAmount === 'omit' ? {} : { amount: amount + 1 }),",
      ],
      [
        'REVISE_REQUEST.clientIp',
        'encode.ts',
        "...note('clientIp', clientIp),",
        '',
        "...note('clientIp', clientIp + '1'),",
      ],
      [
        'REVISE_REQUEST.clientId',
        'encode.ts',
        "...note('clientId', settings.operatorId),",
        '',
        "...note('clientId', settings.operatorId + '1'),",
      ],
      [
        'REVISE_REQUEST.msgAuthValue',
        'request.ts',
        'return `${text.slice(0, -1)},"msgAuthValue":${JSON.stringify(proof)}}`',
        'return text',
        'return `${text.slice(0, -1)},"msgAuthValue":${JSON.stringify(proof.toUpperCase())}}`',
      ],
      [
        'REVISE_REQUEST.refundQueryFlag',
        'find-request.ts',
        "    refundQueryFlag: 'Y',",
        '',
        "    refundQueryFlag: 'N',",
      ],
      [
        'RETRIEVE_REQUEST.mallId',
        'find-request.ts',
        'JSON.stringify({ mallId, shopTransactionId, transactionDate: dayText(day) })',
        'JSON.stringify({ shopTransactionId, transactionDate: dayText(day) })',
        "JSON.stringify({ mallId: mallId + '1', shopTransactionId, transactionDate: dayText(day) })",
      ],
      [
        'RETRIEVE_REQUEST.shopTransactionId',
        'find-request.ts',
        'JSON.stringify({ mallId, shopTransactionId, transactionDate: dayText(day) })',
        'JSON.stringify({ mallId, transactionDate: dayText(day) })',
        "JSON.stringify({ mallId, shopTransactionId: shopTransactionId + '1', transactionDate: dayText(day) })",
      ],
      [
        'RETRIEVE_REQUEST.transactionDate',
        'find-request.ts',
        'JSON.stringify({ mallId, shopTransactionId, transactionDate: dayText(day) })',
        'JSON.stringify({ mallId, shopTransactionId })',
        'JSON.stringify({ mallId, shopTransactionId, transactionDate: dayText(kstDate(deps.nowMs())) })',
      ],
      [
        'msgAuthValue.pgCno',
        'request.ts',
        'update(`${pgCno}|${shopTransactionId}`',
        'update(`|${shopTransactionId}`',
        'update(`${pgCno}1|${shopTransactionId}`',
      ],
      [
        'msgAuthValue.\\|',
        'request.ts',
        'update(`${pgCno}|${shopTransactionId}`',
        'update(`${pgCno}${shopTransactionId}`',
        'update(`${pgCno} | ${shopTransactionId}`',
      ],
      [
        'msgAuthValue.shopTransactionId',
        'request.ts',
        'update(`${pgCno}|${shopTransactionId}`',
        'update(`${pgCno}|`',
        'update(`${pgCno}|${shopTransactionId}1`',
      ],
      ['msgAuthValue.HmacSHA256', 'request.ts', ".digest('hex')", ".digest('base64')", ".digest('hex').toUpperCase()"],
    ],
    read: [
      [
        'ANSWER',
        'schemas.ts',
        'export const AnswerSchema',
        [
          'resCd',
          'resMsg',
          'shopTransactionId',
          'mallId',
          'oriPgCno',
          'cancelPgCno',
          'cancelAmount',
          'remainAmount',
          'transactionDate',
          'statusCode',
          'reviseInfo',
        ],
      ],
      [
        'REVISE_INFO',
        'schemas.ts',
        'export const AnswerSchema',
        ['reviseInfo.approvalDate', 'reviseInfo.refundInfo', 'reviseInfo.cashReceiptInfo'],
      ],
      ['REFUND_DETAIL', 'schemas.ts', 'export const AnswerSchema', ['reviseInfo.refundInfo.depositPgCno']],
      [
        'CASH_RECEIPT_INFO',
        'schemas.ts',
        'export const AnswerSchema',
        ['reviseInfo.cashReceiptInfo.resCd', 'reviseInfo.cashReceiptInfo.resMsg'],
      ],
    ],
    unread: [
      ['ANSWER', 'schemas.ts', 'export const AnswerSchema', '', ['statusMessage', 'escrowUsed', 'shopOrderNo']],
      ['REVISE_INFO', 'schemas.ts', 'export const AnswerSchema', 'reviseInfo', ['payMethodTypeCode', 'approvalNo']],
      ['REFUND_DETAIL', 'schemas.ts', 'export const AnswerSchema', 'reviseInfo.refundInfo', ['refundDate']],
      [
        'CASH_RECEIPT_INFO',
        'schemas.ts',
        'export const AnswerSchema',
        'reviseInfo.cashReceiptInfo',
        ['approvalNo', 'cancelDate'],
      ],
    ],
    unsent: [],
    swaps: [
      ['reviseTypeCode.60', 'never used', 'encode.ts', "full ? '60' : '62'", "'62'"],
      ['reviseTypeCode.60', 'altered', 'encode.ts', "full ? '60' : '62'", "full ? '40' : '62'"],
      ['reviseTypeCode.62', 'never used', 'encode.ts', "full ? '60' : '62'", "'60'"],
      ['reviseTypeCode.62', 'altered', 'encode.ts', "full ? '60' : '62'", "full ? '60' : '32'"],
      ['reviseTypeCode.63', 'never used', 'encode.ts', "if (service === 'settlement')", 'if (service)'],
      ['reviseTypeCode.63', 'altered', 'encode.ts', "type: '63'", "type: '61'"],
      ['reviseSubTypeCode.RF01', 'never used', 'encode.ts', "subType: 'RF01'", "subType: ''"],
      ['reviseSubTypeCode.RF01', 'altered', 'encode.ts', "subType: 'RF01'", "subType: 'RF02'"],
      ...subType('10', '20'),
      ...subType('11', '10'),
      ...subType('20', '10'),
      ...subType('21', '20'),
    ],
  },
  'portone-v2': {
    sent: [
      [
        'CANCEL_REQUEST',
        'encode.ts',
        [
          'currentCancellableAmount: checksum',
          "taxFreeAmount: partOf('taxFreeAmount', taxFree, amount)",
          "vatAmount: partOf('vatAmount', vat, amount)",
          "reason: text('reason', reasonWithTag(intent.tag, intent.reason))",
          'refundAccount: accountOf(account)',
          "requester: 'ADMIN'",
        ],
      ],
      [
        'REFUND_ACCOUNT',
        'encode.ts',
        [
          'bank: name',
          "number: digits('number', accountNo)",
          "holderName: text('holderName', holder)",
          "holderPhoneNumber: digits('holderPhoneNumber', phone)",
        ],
      ],
      ['LIST_PAGE', 'pages.ts', ['size: rowsPerPage']],
      [
        'LIST_FILTER',
        'pages.ts',
        ["timestampType: 'CREATED_AT'", 'isTest: false', "version: 'V2'", "sortBy: 'REQUESTED_AT'", "sortOrder: 'ASC'"],
      ],
      ['LIST_FILTER', 'windows.ts', ['from: new Date(fromMs).toISOString()', 'until: new Date(untilMs).toISOString()']],
      ['EVENTS_BODY', 'windows.ts', ['from: new Date(fromMs).toISOString()', 'until: new Date(untilMs).toISOString()']],
      ['EVENTS_BODY', 'events.ts', ['size: rowsPerPage']],
    ],
    sentOddly: [
      [
        'CANCEL_REQUEST.storeId',
        'encode.ts',
        "...(storeId === '' ? {} : { storeId }),",
        '',
        "...(storeId === '' ? {} : { storeId: storeId + '1' }),",
      ],
      [
        'CANCEL_REQUEST.amount',
        'encode.ts',
        '      amount,\n      currentCancellableAmount',
        '      currentCancellableAmount',
        '      amount: amount + 1,\n      currentCancellableAmount',
      ],
      [
        'LOOKUP_QUERY.storeId',
        'lookup.ts',
        "storeId === '' ? {} : { storeId }",
        '{}',
        "storeId === '' ? {} : { storeId: storeId + '1' }",
      ],
      [
        'LIST_BODY.page',
        'pages.ts',
        'requestBody({ page: { number, size: rowsPerPage }, filter })',
        'requestBody({ filter })',
        'requestBody({ page: {}, filter })',
      ],
      [
        'LIST_BODY.filter',
        'pages.ts',
        'requestBody({ page: { number, size: rowsPerPage }, filter })',
        'requestBody({ page: { number, size: rowsPerPage } })',
        'requestBody({ page: { number, size: rowsPerPage }, filter: {} })',
      ],
      [
        'LIST_PAGE.number',
        'pages.ts',
        'page: { number, size: rowsPerPage }',
        'page: { size: rowsPerPage }',
        'page: { number: number + 1, size: rowsPerPage }',
      ],
      [
        'LIST_FILTER.storeId',
        'pages.ts',
        "...(storeId === '' ? {} : { storeId }),",
        '',
        "...(storeId === '' ? {} : { storeId: storeId + '1' }),",
      ],
      [
        'EVENTS_BODY.storeId',
        'events.ts',
        "...(storeId === '' ? {} : { storeId }),",
        '',
        "...(storeId === '' ? {} : { storeId: storeId + '1' }),",
      ],
      [
        'EVENTS_BODY.cursor',
        'events.ts',
        '...(cursor === null ? {} : { cursor }),',
        '',
        "...(cursor === null ? {} : { cursor: cursor + '1' }),",
      ],
    ],
    read: [
      ['CANCEL_ANSWER', 'schemas.ts', 'export const CancelAnswerSchema', ['cancellation']],
      [
        'CANCELLATION',
        'schemas.ts',
        'const CancellationSchema',
        ['status', 'id', 'pgCancellationId', 'totalAmount', 'reason', 'cancelledAt', 'requestedAt'],
      ],
      ['ERROR', 'schemas.ts', 'export const ErrorSchema', ['type', 'message']],
      ['PG_ERROR', 'schemas.ts', 'export const ErrorSchema', ['pgCode', 'pgMessage']],
      [
        'PAYMENT',
        'schemas.ts',
        'export const PaymentSchema',
        [
          'status',
          'id',
          'storeId',
          'method',
          'channel',
          'orderName',
          'amount',
          'currency',
          'customer',
          'promotionId',
          'paidAt',
          'pgTxId',
          'cancellations',
        ],
      ],
      ['PAYMENT', 'schemas.ts', 'export const RowSchema', ['version']],
      ['AMOUNT', 'schemas.ts', 'export const PaymentSchema', ['amount.total', 'amount.discount', 'amount.cancelled']],
      ['METHOD', 'schemas.ts', 'export const PaymentSchema', ['method.type']],
      ['CUSTOMER', 'schemas.ts', 'export const PaymentSchema', ['customer.name']],
      ['CHANNEL', 'schemas.ts', 'const ChannelSchema', ['type', 'pgProvider']],
      ['LIST_ANSWER', 'schemas.ts', 'export const ListSchema', ['items', 'page']],
      ['PAGE_INFO', 'schemas.ts', 'export const ListSchema', ['page.number', 'page.size', 'page.totalCount']],
      ['EVENTS_ANSWER', 'schemas.ts', 'export const EventsSchema', ['items']],
      ['EVENT_ITEM', 'schemas.ts', 'export const EventsSchema', ['items.paymentEvent', 'items.cursor']],
      [
        'EVENT',
        'schemas.ts',
        'export const EventsSchema',
        [
          'items.paymentEvent.paymentId',
          'items.paymentEvent.storeId',
          'items.paymentEvent.version',
          'items.paymentEvent.channel',
        ],
      ],
    ],
    unread: [
      [
        'CANCELLATION',
        'schemas.ts',
        'const CancellationSchema',
        '',
        ['taxFreeAmount', 'vatAmount', 'easyPayDiscountAmount', 'receiptUrl', 'trigger'],
      ],
      [
        'PAYMENT',
        'schemas.ts',
        'export const PaymentSchema',
        '',
        [
          'transactionId',
          'merchantId',
          'channelGroup',
          'scheduleId',
          'billingKey',
          'webhooks',
          'requestedAt',
          'updatedAt',
          'statusChangedAt',
          'origin',
          'isCulturalExpense',
          'products',
          'productCount',
          'customData',
          'country',
          'pgResponse',
          'cashReceipt',
          'cashReceiptIssuanceStatus',
          'receiptUrl',
          'disputes',
          'cancelledAt',
        ],
      ],
      [
        'AMOUNT',
        'schemas.ts',
        'export const PaymentSchema',
        'amount',
        ['taxFree', 'vat', 'supply', 'paid', 'cancelledTaxFree'],
      ],
      ['CHANNEL', 'schemas.ts', 'const ChannelSchema', '', ['id', 'key', 'name', 'pgMerchantId']],
      [
        'CUSTOMER',
        'schemas.ts',
        'export const PaymentSchema',
        'customer',
        ['id', 'birthYear', 'birthMonth', 'birthDay', 'gender', 'email', 'phoneNumber', 'address', 'zipcode'],
      ],
    ],
    unsent: [
      [
        'CANCEL_REQUEST',
        'encode.ts',
        'body: JSON.stringify({',
        ['promotionDiscountRetainOption', 'refundEmail', 'skipWebhook'],
      ],
    ],
    swaps: [
      ['PAYMENT.escrow', 'dropped', 'schemas.ts', 'escrow: v.optional(v.unknown()),', ''],
      // Only whether it is there counts.
      [
        'PAYMENT.escrow',
        'altered',
        'schemas.ts',
        'escrow: v.optional(v.unknown()),',
        'escrow: v.optional(v.unknown(), {}),',
      ],
    ],
  },
}
