import { PasswordInput } from '@mantine/core'
import type { Ref } from 'react'
import { useWords } from '../i18n'

interface PinFieldProps {
  readonly label?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly description?: string
  readonly error?: string | null
  /** Where the person begins to type. */
  readonly first?: boolean
  readonly fieldRef?: Ref<HTMLInputElement>
}

/** A PIN; the practice people's stands under the field, since there is nothing to protect. */
export function PinField({ label, value, onChange, description, error, first = false, fieldRef }: PinFieldProps) {
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
      {...(error === undefined || error === null ? {} : { error })}
      {...(first ? { 'data-first': true } : {})}
      {...(fieldRef === undefined ? {} : { ref: fieldRef })}
    />
  )
}
