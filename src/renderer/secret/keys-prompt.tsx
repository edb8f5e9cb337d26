import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { SecretPrompt } from '../../contract/secret'
import { useWords } from '../i18n'
import { useKeyName } from '../ui/key-name'
import { PromptFrame } from './prompt-frame'

type EnterKeys = Extract<SecretPrompt, { purpose: 'enter-keys' }>

export function KeysPrompt({ prompt }: { readonly prompt: EnterKeys }) {
  const say = useWords('secret')
  const keyName = useKeyName()
  const [keys, setKeys] = useState<Readonly<Record<string, string>>>({})
  const complete = prompt.keyNames.every((name) => (keys[name] ?? '').trim() !== '')
  return (
    <PromptFrame
      title={say('keys.title')}
      mode={prompt.mode}
      actLabel={say('keys.verb')}
      entry={complete ? { purpose: 'enter-keys', keys: trimmed() } : null}
      onRefused={() => undefined}
    >
      <p>{say('keys.text', { channel: prompt.channelName })}</p>
      {prompt.keyNames.map((name, index) => (
        <PasswordInput
          key={name}
          label={keyName(name)}
          value={keys[name] ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            setKeys((now) => ({ ...now, [name]: value }))
          }}
          maxLength={400}
          required
          withAsterisk={false}
          autoComplete="off"
          data-first={index === 0 || undefined}
          visibilityToggleButtonProps={{ 'aria-label': say('show.key') }}
        />
      ))}
    </PromptFrame>
  )

  /** Keys are pasted, and a copied blank or line end is not part of a key. */
  function trimmed(): Record<string, string> {
    return Object.fromEntries(prompt.keyNames.map((name) => [name, (keys[name] ?? '').trim()]))
  }
}
