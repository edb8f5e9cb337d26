import { PasswordInput } from '@mantine/core'
import type { Ref } from 'react'
import { useWords } from '../i18n'

interface PinFieldProps {
  readonly label?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly description?: string
  readonly error?: string | null
  readonly autoFocus?: boolean
  readonly fieldRef?: Ref<HTMLInputElement>
}

/** A PIN; the practice people's stands under the field, since there is nothing to protect. */
export function PinField({ label, value, onChange, description, error, autoFocus = false, fieldRef }: PinFieldProps) {
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
      {...(autoFocus ? { autoFocus: true } : {})}
      {...(fieldRef === undefined ? {} : { ref: fieldRef })}
    />
  )
}
