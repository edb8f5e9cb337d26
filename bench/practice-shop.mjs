import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'

const projectRoot = path.resolve(import.meta.dirname, '..')
const CONTROL_KEY = 'bench'
const AMOUNT = 10_000
const DAY_MS = 24 * 60 * 60 * 1000

/** Books with so many paid card payments, in the practice PG's own format. */
export function writeBooks(file, count) {
  const paidAtMs = Date.now() - DAY_MS
  const payments = Array.from({ length: count }, (_, index) => ({
    impUid: `imp_${String(index).padStart(12, '0')}`,
    merchantUid: `BENCH-${index}`,
    payMethod: 'card',
    pgProvider: 'tosspayments',
    pgTid: `tid-${index}`,
    pgId: 'bench',
    status: 'paid',
    currency: 'KRW',
    amount: AMOUNT,
    taxFree: 0,
    vatAmount: null,
    name: '상품',
    buyerName: '홍길동',
    buyerTel: '010-0000-0000',
    buyerEmail: 'bench@example.com',
    escrow: false,
    sandbox: false,
    startedAtMs: paidAtMs - 60_000,
    paidAtMs,
    failedAtMs: null,
    failReason: null,
    card: { code: '361', name: 'BC카드', number: '1234********0000', applyNum: String(index) },
    bank: null,
    vbank: null,
    cancels: [],
  }))
  const today = new Date(Date.now() + 9 * 60 * 60 * 1000).toISOString().slice(0, 10)
  const entries = [{ kind: 'books', format: 1, today }, ...payments.map((payment) => ({ kind: 'payment', payment }))]
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  return payments
}

/** A refund file of the whole amount of each payment. */
export function refundFile(payments) {
  const lines = payments.map(({ merchantUid, impUid, amount }) => `${merchantUid},${impUid},${amount}`)
  return ['주문번호,거래번호,환불금액', ...lines].join('\r\n')
}

/** The practice PG as a process of its own, whose every answer takes `latencyMs`. */
export async function startShop(books, latencyMs) {
  const file = path.join(projectRoot, 'out/main/practice.js')
  const child = spawn(process.execPath, [file, '--books', books, '--control-key', CONTROL_KEY], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  const port = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the practice PG ended with code ${code}`)))
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const found = /"listening":(\d+)/.exec(text)
      if (found !== null) resolve(Number(found[1]))
    })
  })
  const origin = `http://127.0.0.1:${port}`
  const control = async (verb, what, body) => {
    const answer = await fetch(`${origin}/__practice/${what}`, {
      method: verb,
      headers: { 'x-practice-control': CONTROL_KEY, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`the practice PG answers ${answer.status} to ${what}`)
    return answer.json()
  }
  return {
    origin,
    slow: () => control('POST', 'scenario', { rules: [{ kind: 'slow', path: '/*', count: 0, delayMs: latencyMs }] }),
    cancels: async () => (await control('GET', 'books')).cancels.length,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}
