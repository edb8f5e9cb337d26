import i18next, { type FormatterModule, type i18n } from 'i18next'
import { useContext, useMemo } from 'react'
import { I18nContext } from 'react-i18next'
import type { Language } from '../../contract/views'
import { ENGLISH, KOREAN, type Namespace, type WordKey } from './resources'

/** Values for the places of a sentence; a `count` chooses the English singular. */
type WordValues = Readonly<Record<string, string | number>>
/** Looks a sentence up by its key; figures are written with thousands separators. */
export type Say<N extends Namespace> = (key: WordKey<N>, values?: WordValues) => string

/** Writes numbers with thousands separators, in every sentence alike. */
const FIGURES: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) => (typeof value === 'number' ? value.toLocaleString('en-US') : String(value)),
}

/** Makes the one i18n instance of a window. Words are bundled, so it is ready at once. */
export function startWords(language: Language): i18n {
  const instance = i18next.createInstance()
  void instance.use(FIGURES).init({
    lng: language,
    fallbackLng: 'ko',
    resources: { ko: KOREAN, en: ENGLISH },
    ns: Object.keys(KOREAN),
    // Keys are flat and may hold dots and colons.
    keySeparator: false,
    nsSeparator: false,
    // React escapes by itself.
    interpolation: { escapeValue: false, alwaysFormat: true },
    initAsync: false,
  })
  return instance
}

/** Words of one namespace in the window's language. */
export function useWords<N extends Namespace>(namespace: N): Say<N> {
  const instance = useInstance()
  // Keys and namespaces are typed here, more simply than by the library's own types.
  return useMemo(() => instance.getFixedT(null, namespace) as unknown as Say<N>, [instance, namespace])
}

/** The window's language, for formatting dates and figures. */
export function useLanguage(): Language {
  return useInstance().language === 'en' ? 'en' : 'ko'
}

/**
 * The window's own instance: another language brings another one. The library's hook listens for changes inside of an
 * instance, which never come and cost a scrolling table several milliseconds a frame.
 */
function useInstance(): i18n {
  const context: { readonly i18n?: i18n } | undefined = useContext(I18nContext)
  if (context?.i18n === undefined) throw new Error('no words around this part of the page')
  return context.i18n
}
