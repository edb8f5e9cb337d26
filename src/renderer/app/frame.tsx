import { useEffect, useMemo, useRef, useState } from 'react'
import type { AppState, PersonView } from '../../contract/views'
import { useRead } from '../bridge/client'
import { useWords } from '../i18n'
import { NavigationContext, type Navigation } from '../ui/navigation'
import { DropAnywhere } from './drop-anywhere'
import styles from './frame.module.css'
import { FIRST_SCREEN, goBack, goTo, screenKey } from './navigation-state'
import { QuarantineBanner } from './quarantine-banner'
import { Rail } from './rail'
import { ScreenGuard } from './screen-guard'
import { CurrentScreen } from './screens'
import { StatusBar } from './status-bar'
import { TopBar } from './top-bar'
import { KeysHelp } from './keys-help'
import { useKeys } from './use-keys'

/** Rail, top bar, status bar and the screen between them. */
export function Frame({ app, person }: { readonly app: AppState; readonly person: PersonView }) {
  const say = useWords('frame')
  const [trail, setTrail] = useState(FIRST_SCREEN)
  const [helpOpen, setHelpOpen] = useState(false)
  const home = useRead('home.today', {}, { topics: ['home', 'batches', 'rows', 'drift', 'run', 'drafts', 'payments'] })
  const navigation = useMemo(
    (): Navigation => ({
      screen: trail.screen,
      go: (screen) => setTrail((now) => goTo(now, screen)),
      back: () => setTrail(goBack),
    }),
    [trail],
  )
  const main = useRef<HTMLElement>(null)
  const key = screenKey(trail.screen)
  const firstKey = useRef(key)
  // A new screen starts at its title, for the eye and for a screen reader alike.
  useEffect(() => {
    if (firstKey.current === key) return
    firstKey.current = ''
    main.current?.scrollTo({ top: 0 })
    main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }, [key])
  useKeys({ go: navigation.go, back: navigation.back, openHelp: () => setHelpOpen(true) })
  return (
    <NavigationContext value={navigation}>
      <div className={styles.frame} data-mode={app.mode}>
        <TopBar app={app} person={person} onHelp={() => setHelpOpen(true)} />
        {home.data === undefined || home.data.quarantine === null ? null : (
          <QuarantineBanner quarantine={home.data.quarantine} person={person} />
        )}
        <div className={styles.middle}>
          <Rail home={home.data ?? null} />
          <main className={styles.main} ref={main} aria-label={say(`screen.${trail.screen.name}`)}>
            <ScreenGuard key={trail.screen.name}>
              <CurrentScreen screen={trail.screen} app={app} />
            </ScreenGuard>
          </main>
        </div>
        <StatusBar home={home.data ?? null} version={app.version} />
      </div>
      <DropAnywhere />
      <KeysHelp opened={helpOpen} onClose={() => setHelpOpen(false)} />
    </NavigationContext>
  )
}
