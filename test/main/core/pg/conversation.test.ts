import { gzipSync } from 'node:zlib'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_TIMEOUTS, openConversation } from '../../../../src/main/core/pg/conversation'
import { ask, deadOrigin, httpServer, saying, tcpServer } from './support'

describe('a request that surely was not sent', () => {
  it('ends as such when nobody listens', async () => {
    expect(await ask(await deadOrigin())).toMatchObject({ kind: 'not-sent', why: 'offline', code: 'ECONNREFUSED' })
  })

  it('ends as such when the name is not known', async () => {
    expect(await ask('http://pg.invalid')).toMatchObject({ kind: 'not-sent', why: 'offline' })
  })

  it('ends as such when the TLS handshake fails', async () => {
    const origin = await httpServer(saying('{}'))
    expect(await ask(origin.replace('http:', 'https:'))).toMatchObject({ kind: 'not-sent', why: 'offline' })
  })

  it('ends as such when the TLS handshake never ends', async () => {
    let bytes = 0
    const origin = await tcpServer((socket) => socket.on('data', (chunk) => (bytes += chunk.length)))
    const end = await ask(origin.replace('http:', 'https:'))
    expect(end).toMatchObject({ kind: 'not-sent', why: 'offline' })
    expect(bytes).toBeGreaterThan(0)
  })

  it('ends as such when it is given up before it began', async () => {
    let requests = 0
    const origin = await httpServer((request, response) => {
      requests += 1
      saying('{}')(request, response)
    })
    const stop = new AbortController()
    const running = ask(origin, { signal: stop.signal })
    stop.abort()
    expect(await running).toMatchObject({ kind: 'not-sent', why: 'cancelled' })
    expect(await ask(origin, { signal: stop.signal })).toMatchObject({ kind: 'not-sent', why: 'cancelled' })
    await sleep(100)
    expect(requests).toBe(0)
  })

  it('ends as such when the proxy is dead or refuses', async () => {
    const dead = (await deadOrigin()).replace('http://', 'PROXY ')
    expect(await ask('https://pg.invalid', {}, dead)).toMatchObject({ kind: 'not-sent', why: 'offline' })
    const refusing = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n')),
    )
    expect(await ask('https://pg.invalid', {}, refusing)).toMatchObject({ kind: 'not-sent', why: 'offline' })
  })
})

describe('a request whose answer is lost or odd', () => {
  it('ends as a timeout when the PG stays silent', async () => {
    const origin = await httpServer((request) => request.resume())
    expect(await ask(origin, { timeoutMs: 200 })).toMatchObject({ kind: 'broken', why: 'timeout' })
  })

  it('ends as a timeout when the answer drips without end', async () => {
    const origin = await httpServer((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await ask(origin, { timeoutMs: 300 })).toMatchObject({ kind: 'broken', why: 'timeout', httpStatus: 200 })
  })

  it.each(['FIN', 'RST'] as const)('ends as lost after %s in place of an answer', async (way) => {
    const origin = await tcpServer((socket) =>
      socket.once('data', () => (way === 'RST' ? socket.resetAndDestroy() : socket.end())),
    )
    expect(await ask(origin)).toMatchObject({ kind: 'broken', why: 'lost' })
  })

  it('ends as lost after half a body', async () => {
    const origin = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"code":0,')),
    )
    expect(await ask(origin)).toMatchObject({ kind: 'broken', httpStatus: 200, text: '{"code":0,' })
  })

  it('ends as lost after half a chunked body', async () => {
    const origin = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"cod\r\n')),
    )
    expect(await ask(origin)).toMatchObject({ kind: 'broken', httpStatus: 200 })
  })

  it('ends as odd when it is no HTTP', async () => {
    const origin = await tcpServer((socket) => socket.once('data', () => socket.end('SSH-2.0-server\r\n\r\n')))
    expect(await ask(origin)).toMatchObject({ kind: 'broken', why: 'odd' })
  })

  it('ends as odd when it grows beyond the limit, without reading on', async () => {
    let written = 0
    const origin = await httpServer((_request, response) => {
      response.writeHead(200)
      const pump = (): void => {
        if (response.destroyed || written > 1e9) return
        written += 65_536
        if (response.write(Buffer.alloc(65_536, 'x'))) setImmediate(pump)
        else response.once('drain', pump)
      }
      pump()
    })
    expect(await ask(origin, { timeoutMs: 5000 })).toMatchObject({
      kind: 'broken',
      why: 'odd',
      code: 'ANSWER_TOO_LARGE',
    })
    await sleep(50)
    expect(written).toBeLessThan(50_000_000)
  })

  it('ends as odd when it comes packed, although we asked for plain text', async () => {
    let asked: string | undefined
    const origin = await httpServer((request, response) => {
      asked = request.headers['accept-encoding']
      saying(gzipSync('{"code":0}'), 200, { 'content-encoding': 'gzip' })(request, response)
    })
    expect(await ask(origin)).toMatchObject({ kind: 'broken', why: 'odd', code: 'CONTENT_ENCODING' })
    expect(asked).toBe('identity')
  })

  it('ends as odd when it is not UTF-8', async () => {
    const origin = await httpServer(saying(Buffer.from([0x22, 0xc3, 0x28, 0x22])))
    expect(await ask(origin)).toMatchObject({ kind: 'broken', why: 'odd', code: 'NOT_UTF8' })
  })

  it('ends as cancelled when it is given up under way', async () => {
    const stop = new AbortController()
    const origin = await httpServer((request) => {
      request.resume()
      request.on('end', () => stop.abort())
    })
    expect(await ask(origin, { signal: stop.signal })).toMatchObject({ kind: 'broken', why: 'cancelled' })
  })
})

describe('a whole answer', () => {
  it('comes with status, headers and text', async () => {
    const origin = await httpServer(saying('{"code":0}', 503, { 'retry-after': '7' }))
    const end = await ask(origin)
    expect(end).toMatchObject({ kind: 'answer', httpStatus: 503, text: '{"code":0}' })
    expect(end.kind === 'answer' && end.headers['retry-after']).toBe('7')
  })

  it('may be a redirect, which is not followed', async () => {
    let requests = 0
    const origin = await httpServer((request, response) => {
      requests += 1
      saying('', 307, { location: '/elsewhere' })(request, response)
    })
    expect(await ask(origin)).toMatchObject({ kind: 'answer', httpStatus: 307 })
    expect(requests).toBe(1)
  })

  it('may take its time within the limit', async () => {
    const origin = await httpServer((request, response) => {
      setTimeout(() => saying('{}')(request, response), 400)
    })
    expect((await ask(origin, { timeoutMs: 2000 })).kind).toBe('answer')
  })
})

describe('sockets', () => {
  const openHere = (origin: string) => {
    const conversation = openConversation({ origin, nowMs: Date.now, timeouts: DEFAULT_TIMEOUTS })
    onTestFinished(() => conversation.close())
    return (method: 'GET' | 'POST', freshSocket: boolean) =>
      conversation.ask({
        method,
        path: '/',
        headers: {},
        answerBytesMax: 1000,
        timeoutMs: 1000,
        freshSocket,
        ...(method === 'POST' ? { body: '{}' } : {}),
      })
  }

  it('are kept for reads and new for every cancel', async () => {
    const ports = new Map<string, (number | undefined)[]>([
      ['GET', []],
      ['POST', []],
    ])
    const origin = await httpServer((request, response) => {
      ports.get(request.method ?? '')?.push(request.socket.remotePort)
      saying('{}')(request, response)
    })
    const say = openHere(origin)
    for (const method of ['GET', 'POST', 'GET', 'POST', 'GET', 'POST'] as const) await say(method, method === 'POST')
    expect(new Set(ports.get('GET')).size).toBe(1)
    expect(new Set(ports.get('POST')).size).toBe(3)
  })

  it('that die in the hands of a POST never make it go out twice', async () => {
    let posts = 0
    const origin = await tcpServer((socket) => {
      socket.on('data', (chunk) => {
        const text = chunk.toString()
        if (text.startsWith('POST')) {
          posts += 1
          socket.resetAndDestroy()
        } else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}')
      })
    })
    const say = openHere(origin)
    for (const fresh of [false, true, false, true]) {
      await say('GET', false)
      expect(await say('POST', fresh)).toMatchObject({ kind: 'broken', why: 'lost' })
    }
    await sleep(100)
    expect(posts).toBe(4)
  })

  it('go through the proxy of the setting, and never for this machine', async () => {
    const seen: (string | undefined)[] = []
    const proxy = await httpServer((request, response) => {
      seen.push(request.url)
      saying('{"by":"proxy"}')(request, response)
    })
    expect(await ask('http://pg.invalid', {}, proxy)).toMatchObject({ kind: 'answer', text: '{"by":"proxy"}' })
    const direct = await httpServer(saying('{"by":"pg"}'))
    expect(await ask(direct, {}, proxy)).toMatchObject({ text: '{"by":"pg"}' })
    expect(seen).toEqual(['http://pg.invalid/payments/cancel'])
  })

  it('go through the proxy of the environment where no setting was given', async () => {
    const proxy = await httpServer(saying('{"by":"proxy"}'))
    const before = { proxy: process.env['http_proxy'], not: process.env['no_proxy'] }
    process.env['http_proxy'] = proxy
    process.env['no_proxy'] = 'other.invalid'
    onTestFinished(() => {
      for (const [name, value] of [
        ['http_proxy', before.proxy],
        ['no_proxy', before.not],
      ] as const) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
    })
    // A proxy of null is "none"; leaving it out asks the environment.
    const conversation = openConversation({ origin: 'http://pg.invalid', nowMs: Date.now, timeouts: DEFAULT_TIMEOUTS })
    onTestFinished(() => conversation.close())
    const end = await conversation.ask({
      method: 'GET',
      path: '/',
      headers: {},
      answerBytesMax: 100,
      timeoutMs: 1000,
      freshSocket: true,
    })
    expect(end).toMatchObject({ kind: 'answer', text: '{"by":"proxy"}' })
  })
})
