import { protocol } from 'electron'
import { answerPage, PAGE_SCHEME } from './served-files'

/** Makes `app://refund` an origin of its own, with the rights of https. To be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** Serves the built pages, and nothing else, under `app://refund`. */
export function servePages(folder: string): void {
  protocol.handle(PAGE_SCHEME, (request) => answerPage(folder, request.method, request.url))
}
