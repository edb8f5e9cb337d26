import { useRef, useState } from 'react'
import type { SecretPrompt } from '../../contract/secret'
import type { PersonId } from '../../domain/ids'
import { useLanguage, useWords } from '../i18n'
import { wonText, whenText } from '../ui/formats'
import { Notice } from '../ui/notice'
import { Digest } from './digest'
import { PeopleChoice } from './people-choice'
import { PinField } from './pin-field'
import { PromptFrame } from './prompt-frame'
import { useNow } from '../ui/use-now'
import styles from './secret.module.css'
import { usePracticeHint } from './use-practice-hint'

type Approve = Extract<SecretPrompt, { purpose: 'approve' }>

/**
 * What is signed, then who signs. Who, PIN and act stay in sight while the digest scrolls above. The act names how many
 * refunds of how much, and is never focused by itself.
 */
export function ApprovePrompt({ prompt }: { readonly prompt: Approve }) {
  const say = useWords('secret')
  const language = useLanguage()
  const nowMs = useNow()
  const { digest, checkers } = prompt
  const [personId, setPersonId] = useState<PersonId | null>(
    checkers.length === 1 ? (checkers[0]?.personId ?? null) : null,
  )
  const [pin, setPin] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const hint = usePracticeHint(prompt.practicePins, checkers, personId)
  return (
    <PromptFrame
      title={say('approve.title')}
      mode={prompt.mode}
      reads
      actLabel={say('approve.verb', { count: digest.rows, amount: wonText(digest.amount, language) })}
      entry={
        personId === null || pin === '' ? null : { purpose: 'approve', personId, pin, contentHash: digest.contentHash }
      }
      onRefused={() => {
        setPin('')
        field.current?.focus()
      }}
      beforeAct={
        <>
          {checkers.length === 0 ? (
            <Notice tone="amber">
              <p>{say('approve.noCheckers')}</p>
            </Notice>
          ) : (
            <div className={styles.who}>
              <PeopleChoice label={say('approve.who')} people={checkers} chosen={personId} onChoose={setPersonId} />
              <PinField value={pin} onChange={setPin} fieldRef={field} {...(hint === undefined ? {} : { hint })} />
            </div>
          )}
          <p className={styles.last}>
            <strong>
              {digest.holdMinutes > 0 ? say('approve.hold', { count: digest.holdMinutes }) : say('approve.noUndo')}
            </strong>{' '}
            {digest.holdMinutes > 0 ? `${say('approve.noUndoAfterHold')} ` : null}
            {say('approve.expires', { when: whenText(digest.expiresAtMs, nowMs, language) })}
          </p>
        </>
      }
    >
      <Digest digest={digest} />
    </PromptFrame>
  )
}
