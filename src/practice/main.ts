import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { createBooks, readKiccBooks, shopDayOf, type Books } from './books'
import { kstDay } from './clock'
import { parseScenario } from './scenario'
import { createPracticePg } from './server'
import { sampleFiles } from './shop/sample-files'
import { sampleKiccShop } from './shop/sample-kicc'
import { kiccNoticeLog } from './shop/sample-kicc-files'

const USAGE = `practice PG
  --books FILE           the PG's own books (env PRACTICE_PG_BOOKS); throw-away ones if left out
  --port N               0 = any free port
  --scenario FILE        faults, as JSON
  --control-key KEY      opens the control surface (env PRACTICE_PG_CONTROL_KEY)
  --with-parent          end when standard input closes
  --write-samples DIR    write the sample files of the shop, print their paths, and end
  --write-notices FILE   write KICC's notifications of the shop in --books, those of the next business day among them,
                         and end
  --today YYYY-MM-DD     the shop's day for --write-samples where there are no books
`

/** Electron gives a utility process this port; plain Node does not know it. */
interface ParentPort {
  postMessage(message: unknown): void
}

function tell(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
  const { parentPort } = process as { readonly parentPort?: ParentPort }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process's port, not a window, has no origin
  parentPort?.postMessage(message)
}

/** Makes Excel read a file as UTF-8; programs that read JSON lines would stumble over it. */
const BYTE_ORDER_MARK = '\uFEFF'

function writeSamples(folder: string, booksFile: string | undefined, day: string | undefined): void {
  const shopDay = booksFile === undefined ? undefined : shopDayOf(booksFile)
  // Where there are books, the notifications tell of the refunds that were asked for.
  const noticeLog =
    booksFile === undefined || shopDay === undefined ? undefined : kiccNoticeLog(readKiccBooks(booksFile), Date.now())
  mkdirSync(folder, { recursive: true })
  const today = shopDay ?? day ?? kstDay(Date.now())
  const paths = sampleFiles(today, noticeLog).map(({ name, text }) => {
    const path = join(folder, name)
    writeFileSync(path, name.endsWith('.csv') ? BYTE_ORDER_MARK + text : text)
    return path
  })
  tell({ samples: paths, today })
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Over a weekend with a holiday behind it: whoever practises need not wait for the next business day. */
const AHEAD_MS = 5 * DAY_MS

function writeNotices(file: string, booksFile: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, kiccNoticeLog(readKiccBooks(booksFile), Date.now() + AHEAD_MS))
  tell({ notices: file })
}

async function serve(
  books: Books,
  port: number,
  scenarioFile: string | undefined,
  controlKey: string | undefined,
  withParent: boolean,
): Promise<void> {
  const scenario = scenarioFile === undefined ? {} : parseScenario(JSON.parse(readFileSync(scenarioFile, 'utf8')))
  const pg = await createPracticePg({ books, port, scenario, ...(controlKey === undefined ? {} : { controlKey }) })
  const end = (): void => {
    pg.close().then(
      () => {
        books.close()
        process.exit(0)
      },
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  process.once('disconnect', end)
  if (withParent) process.stdin.once('end', end).once('error', end).resume()
  tell({ listening: pg.port })
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      books: { type: 'string' },
      port: { type: 'string', default: '0' },
      scenario: { type: 'string' },
      'control-key': { type: 'string' },
      'with-parent': { type: 'boolean', default: false },
      'write-samples': { type: 'string' },
      'write-notices': { type: 'string' },
      today: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const booksFile = values.books ?? process.env['PRACTICE_PG_BOOKS']
  const samplesFolder = values['write-samples']
  if (samplesFolder !== undefined) {
    writeSamples(samplesFolder, booksFile, values.today)
    return
  }
  const noticesFile = values['write-notices']
  if (noticesFile !== undefined && booksFile !== undefined) {
    writeNotices(noticesFile, booksFile)
    return
  }
  const port = Number(values.port)
  if (values.help || !Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(USAGE)
    process.exit(2)
  }
  // Started by hand without books, it keeps throw-away ones.
  const books = createBooks(booksFile ?? join(mkdtempSync(join(tmpdir(), 'practice-pg-')), 'books.jsonl'))
  // Books that were begun before KICC came have no shop there yet.
  if (books.kicc.accounts().length === 0)
    for (const payment of sampleKiccShop(books.today)) books.kicc.addPayment(payment)
  const controlKey = values['control-key'] ?? process.env['PRACTICE_PG_CONTROL_KEY']
  await serve(books, port, values.scenario, controlKey, values['with-parent'])
}

main().catch((error: unknown) => {
  process.stderr.write(`practice PG: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
