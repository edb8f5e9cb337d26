import { PasswordInput } from '@mantine/core'
import type { Ref } from 'react'
import { useWords } from '../i18n'
import styles from './secret.module.css'

interface PinFieldProps {
  readonly label?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly description?: string
  /** The PIN itself, for people of the practice shop. */
  readonly hint?: string
  readonly error?: string | null
  /** Where the person begins to type. */
  readonly first?: boolean
  readonly fieldRef?: Ref<HTMLInputElement>
}

/** A PIN; the practice people's stands beside the field, since there is nothing to protect. */
export function PinField(props: PinFieldProps) {
  const { label, value, onChange, description, hint, error, first = false, fieldRef } = props
  const say = useWords('secret')
  return (
    <PasswordInput
      label={label ?? say('pin')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={64}
      required
      withAsterisk={false}
      // The prompt closes by itself; nothing may be kept or filled in by the browser.
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': say('show.pin') }}
      {...(description === undefined ? {} : { description })}
      {...(hint === undefined ? {} : { description: <span className={styles.pinHint}>{hint}</span> })}
      {...(error === undefined || error === null ? {} : { error })}
      {...(first ? { 'data-first': true } : {})}
      {...(fieldRef === undefined ? {} : { ref: fieldRef })}
    />
  )
}
