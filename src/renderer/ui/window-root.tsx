/* oxlint-disable import/no-unassigned-import -- a style sheet gives nothing to assign */
import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.layer.css'
import { StrictMode, useEffect, useMemo, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import type { Language, Theme } from '../../contract/views'
import { startWords } from '../i18n'
import { ENGLISH, KOREAN } from '../i18n/resources'
import './tokens.css'
import './base.css'
import { cssVariables, theme } from './theme'
import { useMedia } from './use-media'

declare global {
  /** Read by the scroll lock of dialogs, which adds a style of its own. */
  // oxlint-disable-next-line no-underscore-dangle -- the library's own name
  var __webpack_nonce__: string | undefined
}

/** The nonce that main put into the page: without it the content policy refuses the library's styles. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
}

/** Draws a window's content into its page. */
export function openWindow(content: ReactNode): void {
  // oxlint-disable-next-line no-underscore-dangle -- the library's own name
  globalThis.__webpack_nonce__ = styleNonce()
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no root')
  createRoot(root).render(<StrictMode>{content}</StrictMode>)
}

interface WindowLookProps {
  readonly language: Language
  readonly theme: Theme
  readonly children: ReactNode
}

/** Words and colours of a window. */
export function WindowLook({ language, theme: wanted, children }: WindowLookProps) {
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const dark = wanted === 'system' ? systemDark : wanted === 'dark'
  const words = useMemo(() => startWords(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
    // The window's own title comes from main; this one is what a screen reader calls the page.
    document.title = (language === 'ko' ? KOREAN : ENGLISH).frame.product
  }, [language])
  return (
    <I18nextProvider i18n={words}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        forceColorScheme={dark ? 'dark' : 'light'}
        getStyleNonce={styleNonce}
      >
        {children}
      </MantineProvider>
    </I18nextProvider>
  )
}
