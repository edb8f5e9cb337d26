import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Problem } from '../../domain/problem'
import { createQueryClient, problemOf, rereadOnChange, useRead } from '../bridge/client'
import { SignInScreen } from '../features/sign-in/sign-in-screen'
import { SelectionProvider } from '../ui/selection'
import { WindowLook } from '../ui/window-root'
import { RecoveryScreen } from './recovery-screen'
import { StartTrouble } from './start-trouble'
import { ScreenGuard } from './screen-guard'

// The screens behind the sign-in are most of the code: they are read while somebody looks for their PIN.
const loadFrame = () => import('./frame')
const Frame = lazy(async () => ({ default: (await loadFrame()).Frame }))

/** The whole window: words and colours, then sign-in or the frame with its screens. */
export function App() {
  const [queries] = useState(createQueryClient)
  useEffect(() => rereadOnChange(queries), [queries])
  return (
    <QueryClientProvider client={queries}>
      <Desk />
    </QueryClientProvider>
  )
}

/** Nothing can be shown: the way back where there is one, else why. */
function NoLedger(trouble: { readonly problem: Problem; readonly onAgain: () => void }) {
  const recovery = useRead('recovery.state', {}, { topics: ['app'] })
  if (recovery.data !== undefined) {
    const { language, theme } = recovery.data.preferences
    return (
      <WindowLook language={language} theme={theme}>
        <RecoveryScreen view={recovery.data} />
      </WindowLook>
    )
  }
  return recovery.error === null ? null : (
    <WindowLook language="ko" theme="system">
      <StartTrouble {...trouble} />
    </WindowLook>
  )
}

function Desk() {
  const state = useRead('app.state', {}, { topics: ['app', 'settings'] })
  const app = state.data
  const shown = app !== undefined
  useEffect(() => {
    if (shown) requestIdleCallback(() => void loadFrame())
  }, [shown])
  if (app === undefined) {
    // The first answer comes within a frame or two; only a failure is worth a word.
    return state.error === null ? null : (
      <NoLedger problem={problemOf(state.error)} onAgain={() => void state.refetch()} />
    )
  }
  return (
    <WindowLook language={app.preferences.language} theme={app.preferences.theme}>
      <ScreenGuard>
        {app.session === null ? (
          <SignInScreen app={app} />
        ) : (
          // Another person starts on the first screen with nothing selected.
          <SelectionProvider key={app.session.personId}>
            <Suspense>
              <Frame app={app} person={app.session} />
            </Suspense>
          </SelectionProvider>
        )}
      </ScreenGuard>
    </WindowLook>
  )
}
