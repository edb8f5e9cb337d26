import { Worker } from 'node:worker_threads'
import path from 'node:path'

const projectRoot = path.resolve(import.meta.dirname, '..')
const PEOPLE = [
  { name: '김담당', pin: '1111', roles: ['maker', 'admin'] },
  { name: '이승인', pin: '2222', roles: ['checker'] },
]

/** The built core in its own thread, as the program runs it, spoken to over its message port. */
export async function openCoreThread({ ledgerFile, pgOrigin }) {
  const worker = new Worker(path.join(projectRoot, 'out/main/core-worker.js'))
  const pending = new Map()
  let lastId = 0
  const { promise: ready, resolve: begin, reject: refuse } = Promise.withResolvers()
  const answers = {
    masterKey: new Uint8Array(32).fill(7),
    channelSecrets: { apiKey: 'practice-key', apiSecret: 'practice-secret' },
  }
  worker.on('message', (message) => {
    if (message.kind === 'ready') begin()
    if (message.kind === 'refused') refuse(new Error(`the core refused: ${message.problem.code}`))
    if (message.kind === 'ask') {
      worker.postMessage({ kind: 'answer', id: message.id, result: { ok: true, value: answers[message.ask] } })
    }
    if (message.kind === 'response') pending.get(message.id)?.(message.result)
    if (message.kind === 'trouble') console.error(message.text)
  })
  worker.on('error', refuse)
  const command = async (name, input) => {
    lastId += 1
    const id = lastId
    const result = await new Promise((resolve) => {
      pending.set(id, resolve)
      worker.postMessage({ kind: 'command', id, command: name, input })
    })
    pending.delete(id)
    return result
  }
  worker.postMessage({
    kind: 'start',
    start: {
      mode: 'practice',
      ledgerFile,
      dataFolder: path.dirname(ledgerFile),
      pgOrigins: { 'portone-v1': pgOrigin, kicc: pgOrigin, 'portone-v2': pgOrigin },
      proxies: { 'portone-v1': null, kicc: null, 'portone-v2': null },
      practiceChannels: [],
      clockMs: null,
      practicePeople: PEOPLE,
    },
  })
  await ready
  return {
    ...(await driver(command)),
    async stop() {
      await command('shell.stop', null)
      await worker.terminate()
    },
  }
}

/** What the two people of the shop do, by the core's commands. Throws on a problem. */
export async function driver(send) {
  const command = async (name, input) => {
    const result = await send(name, input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problem)}`)
    return result.value
  }
  const [maker, checker] = await command('shell.people', null)
  const { session } = await command('shell.openSession', { personId: maker.personId, pin: '1111' })
  const call = (channel, input) => command(channel, { session, input })
  return {
    call,
    /** Imports a refund file and brings it to the second person: a submitted batch. */
    async submit(text) {
      const file = { name: 'refunds.csv', bytes: new TextEncoder().encode(text) }
      const draft = await command('shell.importFile', { session, file })
      const made = { draftId: draft.draftId, name: 'bench', duplicatesIntended: false }
      const { batchId } = await call('batch.create', made)
      return call('batch.submit', { batchId, withoutBlocked: false })
    },
    async approve(batchId) {
      const { digest } = await command('shell.approvalDigest', { session, batchId })
      const signed = { batchId, personId: checker.personId, pin: '2222', contentHash: digest.contentHash }
      return command('shell.approve', signed)
    },
  }
}
