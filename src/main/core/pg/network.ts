import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls'
import { Agent, EnvHttpProxyAgent, ProxyAgent, type Dispatcher } from 'undici'

export interface NetworkOptions {
  readonly origin: string
  /**
   * A proxy as `http://host:port` or as Electron resolves it (`PROXY host:port; DIRECT`); null = none; undefined = what
   * the environment says (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). Never used for a loopback origin.
   */
  readonly proxy?: string | null | undefined
  readonly connectTimeoutMs: number
}

/** Two sets of connections: reads share kept-alive sockets, a cancel always gets one of its own. */
export interface Network {
  readonly shared: Dispatcher
  /**
   * Closes every socket after one answer. A kept-alive socket may have been closed by the other side at the moment of
   * writing, and then nobody can tell whether the request arrived.
   */
  readonly fresh: Dispatcher
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

export function isLoopback(origin: string): boolean {
  return LOOPBACK_HOST.test(new URL(origin).hostname)
}

export function openNetwork(options: NetworkOptions): Network {
  return { shared: openDispatcher(options, 1), fresh: openDispatcher(options, 0) }
}

/** `pipelining`: 1 = one request at a time on a kept-alive socket, 0 = no keep-alive. */
function openDispatcher({ origin, proxy, connectTimeoutMs }: NetworkOptions, pipelining: 0 | 1): Dispatcher {
  const secure = origin.startsWith('https:') ? { secureContext: secureContext() } : {}
  // HTTP/2 would put several requests on one socket, where a lost socket is a lost answer for each of them.
  const connect = { ...secure, timeout: connectTimeoutMs, allowH2: false }
  const common = { pipelining, allowH2: false, connect, connectTimeout: connectTimeoutMs }
  if (isLoopback(origin) || proxy === null) return new Agent(common)
  const throughProxy = { ...common, requestTls: connect, proxyTls: connect }
  if (proxy === undefined) return new EnvHttpProxyAgent(throughProxy)
  const uri = proxyUri(proxy)
  return uri === null ? new Agent(common) : new ProxyAgent({ ...throughProxy, uri })
}

const PAC_SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks5',
  SOCKS5: 'socks5',
}

/** The first proxy of the text as an address, null for a direct connection. Throws on a text it cannot read. */
export function proxyUri(text: string): string | null {
  const first = (text.split(';')[0] ?? '').trim()
  if (first === '' || first.toUpperCase() === 'DIRECT') return null
  if (/^(https?|socks5):\/\//i.test(first)) return first
  const [word = '', address = '', ...rest] = first.split(/\s+/)
  const scheme = PAC_SCHEMES[word.toUpperCase()]
  // Going around a proxy that the office prescribes would be a decision of ours; better to say that it is unreadable.
  if (scheme === undefined || address === '' || rest.length > 0) throw new Error('unreadable proxy setting')
  return `${scheme}://${address}`
}

let keptContext: SecureContext | undefined

/**
 * Trusts the certificates of the runtime and those of the operating system, since many offices inspect TLS with a
 * certificate of their own. Made once: reading hundreds of certificates for every connection would cost more than the call.
 */
function secureContext(): SecureContext {
  keptContext ??= createSecureContext({ ca: [...new Set([...rootCertificates, ...systemCertificates()])] })
  return keptContext
}

function systemCertificates(): readonly string[] {
  if (typeof getCACertificates !== 'function') return []
  try {
    return [...getCACertificates('system'), ...getCACertificates('extra')]
  } catch {
    // A locked key store must not keep anyone from the PG: the runtime's own certificates remain.
    return []
  }
}
