import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { systemCodeOf } from './answer'

/** The page's own scheme and host: `app://refund`. Its exact spelling is what the IPC gate compares senders with. */
export const PAGE_SCHEME = 'app'
export const PAGE_HOST = 'refund'
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`

/** Stands in the HTML where the page's style nonce goes; a new one is put there with every answer. */
const NONCE_PLACE = '__CSP_NONCE__'
const NONCE_BYTES = 16

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

/** Plain names only: nothing escaped, nothing hidden, no way up. */
const PATH = /^(?:\/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+$/

/**
 * The file of `root` that an address of the page names, null for everything else: another host, a way out of the
 * folder in any spelling, a kind of file that no page needs.
 */
export function servedFileOf(root: string, address: string): string | null {
  const prefix = `${PAGE_ORIGIN}/`
  if (!address.startsWith(prefix)) return null
  const path = address.slice(PAGE_ORIGIN.length).replace(/[?#].*$/s, '')
  if (!PATH.test(path) || path.includes('..') || !(extname(path) in CONTENT_TYPES)) return null
  const file = join(root, ...path.split('/'))
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : null
}

/** Whether a page may load this address at all. Everything that is not its own is network, and it has none. */
export function mayLoad(address: string, withDevTools: boolean): boolean {
  if (address.startsWith(`${PAGE_ORIGIN}/`) || address.startsWith('data:image/')) return true
  return withDevTools && address.startsWith('devtools://')
}

/** The page loads its own files, and talks to nobody. Styles with the nonce are the UI kit's. */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
    // These three do not follow default-src.
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function headersOf(contentType: string, nonce: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': contentPolicy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=()',
    // The nonce must never be used twice.
    'Cache-Control': contentType.startsWith('text/html') ? 'no-store' : 'no-cache',
  }
}

/** Answers a request of a page from the folder of built files: 200 with the policy, or 404 without a word. */
export async function answerPage(root: string, method: string, address: string): Promise<Response> {
  const file = method === 'GET' ? servedFileOf(root, address) : null
  const bytes = file === null ? null : await readIfThere(file)
  const nonce = randomBytes(NONCE_BYTES).toString('base64')
  if (file === null || bytes === null) {
    return new Response(null, { status: 404, headers: headersOf('text/plain; charset=utf-8', nonce) })
  }
  const extension = extname(file)
  const headers = headersOf(CONTENT_TYPES[extension] ?? 'application/octet-stream', nonce)
  const body = extension === '.html' ? bytes.toString('utf8').replaceAll(NONCE_PLACE, nonce) : Uint8Array.from(bytes)
  return new Response(body, { status: 200, headers })
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null
    throw error
  }
}
