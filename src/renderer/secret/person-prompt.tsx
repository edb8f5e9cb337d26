import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SecretPrompt } from '../../contract/secret'
import { ROLES } from '../../contract/views'
import { useWords } from '../i18n'
import { PinField } from './pin-field'
import { PromptFrame } from './prompt-frame'
import styles from './secret.module.css'

type AddPerson = Extract<SecretPrompt, { purpose: 'add-person' }>

/** Name and PIN of a new person, typed by that person. */
export function PersonPrompt({ prompt }: { readonly prompt: AddPerson }) {
  const say = useWords('secret')
  const state = useWords('state')
  const [name, setName] = useState('')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && pin !== again
  const complete = name.trim() !== '' && pin !== '' && pin === again
  const roles = ROLES.filter((role) => prompt.roles.includes(role)).map((role) => state(`role.${role}`))
  return (
    <PromptFrame
      title={say('person.title')}
      mode={prompt.mode}
      actLabel={say('person.verb')}
      entry={complete ? { purpose: 'add-person', name: name.trim(), pin } : null}
      onRefused={() => {
        setPin('')
        setAgain('')
      }}
    >
      {prompt.first ? <p>{say('person.first')}</p> : null}
      <p className={styles.soft}>{say('person.roles', { roles: roles.join(' · ') })}</p>
      <TextInput
        label={say('person.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={40}
        required
        withAsterisk={false}
        autoComplete="off"
        data-first
      />
      <PinField
        value={pin}
        onChange={setPin}
        description={say(prompt.mode === 'practice' ? 'person.rulePractice' : 'person.rule')}
      />
      <PinField
        label={say('person.pinAgain')}
        value={again}
        onChange={setAgain}
        error={differs ? say('person.pinDiffers') : null}
      />
    </PromptFrame>
  )
}
