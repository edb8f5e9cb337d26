import { useRef, useState } from 'react'
import type { SecretPrompt } from '../../contract/secret'
import type { PersonId } from '../../domain/ids'
import { useWords } from '../i18n'
import { PeopleChoice } from './people-choice'
import { PinField } from './pin-field'
import { PromptFrame } from './prompt-frame'
import { usePracticeHint } from './use-practice-hint'

type SignIn = Extract<SecretPrompt, { purpose: 'sign-in' }>

export function SignInPrompt({ prompt }: { readonly prompt: SignIn }) {
  const say = useWords('secret')
  const [personId, setPersonId] = useState<PersonId | null>(prompt.people[0]?.personId ?? null)
  const [pin, setPin] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const hint = usePracticeHint(prompt.practicePins, prompt.people, personId)
  return (
    <PromptFrame
      title={say('signIn.title')}
      mode={prompt.mode}
      actLabel={say('signIn.verb')}
      entry={personId === null || pin === '' ? null : { purpose: 'sign-in', personId, pin }}
      onRefused={() => {
        setPin('')
        field.current?.focus()
      }}
    >
      <PeopleChoice label={say('signIn.who')} people={prompt.people} chosen={personId} onChoose={setPersonId} />
      <PinField value={pin} onChange={setPin} first fieldRef={field} {...(hint === undefined ? {} : { hint })} />
    </PromptFrame>
  )
}
