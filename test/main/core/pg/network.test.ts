import { describe, expect, it } from 'vitest'
import { isLoopback, openNetwork, proxyUri } from '../../../../src/main/core/pg/network'

describe('a proxy setting', () => {
  it.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.example:3128; DIRECT', 'http://proxy.example:3128'],
    ['HTTPS proxy.example:443', 'https://proxy.example:443'],
    ['SOCKS5 proxy.example:1080', 'socks5://proxy.example:1080'],
    ['http://proxy.example:3128', 'http://proxy.example:3128'],
  ])('%j means %j', (text, uri) => {
    expect(proxyUri(text)).toBe(uri)
  })

  it.each(['proxy.example:3128', 'QUIC proxy.example:1', 'PROXY', 'PROXY a b'])(
    'that cannot be read is not taken for "none": %j',
    (text) => {
      expect(() => proxyUri(text)).toThrow('unreadable proxy setting')
    },
  )
})

describe('loopback', () => {
  it.each(['http://127.0.0.1:1', 'http://127.1.2.3', 'http://localhost:9', 'http://[::1]:9'])('is %s', (origin) => {
    expect(isLoopback(origin)).toBe(true)
  })
  it.each([
    'https://api.iamport.kr',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'http://10.0.0.1',
    'http://[::2]',
  ])('is not %s', (origin) => {
    expect(isLoopback(origin)).toBe(false)
  })
})

describe('connections to the live address', () => {
  it.each([undefined, null, 'PROXY 127.0.0.1:9', 'HTTPS 127.0.0.1:9'])(
    'can be prepared with the proxy setting %j',
    async (proxy) => {
      const network = openNetwork({ origin: 'https://api.iamport.kr', proxy, connectTimeoutMs: 1000 })
      await Promise.all([network.shared.close(), network.fresh.close()])
      expect(network.shared).not.toBe(network.fresh)
    },
  )
})
