import { useEffect, useState } from 'react'
import type { SecretPrompt } from '../../contract/secret'
import { assertNever } from '../../domain/result'
import { cancelPrompt, describePrompt } from '../bridge/secret-client'
import { useWords } from '../i18n'
import { WindowLook } from '../ui/window-root'
import { ApprovePrompt } from './approve-prompt'
import { KeysPrompt } from './keys-prompt'
import { PersonPrompt } from './person-prompt'
import styles from './secret.module.css'
import { SignInPrompt } from './sign-in-prompt'

/** The window of its own where PINs and keys are entered; the page never sees them. */
export function SecretWindow() {
  const [prompt, setPrompt] = useState<SecretPrompt | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    describePrompt().then(setPrompt, () => setFailed(true))
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A half-typed name may be given up with Escape without closing the window.
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) cancelPrompt()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  if (prompt === null) {
    return failed ? (
      <WindowLook language="ko" theme="system">
        <BootTrouble />
      </WindowLook>
    ) : null
  }
  return (
    <WindowLook language={prompt.language} theme={prompt.theme}>
      <main className={styles.window} data-mode={prompt.mode}>
        <Prompt prompt={prompt} />
      </main>
    </WindowLook>
  )
}

function Prompt({ prompt }: { readonly prompt: SecretPrompt }) {
  switch (prompt.purpose) {
    case 'sign-in':
      return <SignInPrompt prompt={prompt} />
    case 'approve':
      return <ApprovePrompt prompt={prompt} />
    case 'enter-keys':
      return <KeysPrompt prompt={prompt} />
    case 'add-person':
      return <PersonPrompt prompt={prompt} />
    default:
      return assertNever(prompt)
  }
}

function BootTrouble() {
  const say = useWords('secret')
  return <p className={styles.trouble}>{say('boot.failed')}</p>
}
