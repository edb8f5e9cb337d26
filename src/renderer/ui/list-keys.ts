import type { KeyboardEvent } from 'react'

/**
 * Arrow keys in a list of buttons, each in an `li`: moves the focus to the neighbour and answers the step, 0 where there
 * is none.
 */
export function stepInList(event: KeyboardEvent<HTMLElement>): -1 | 0 | 1 {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return 0
  const item = event.currentTarget.closest('li')
  const neighbour = step === 1 ? item?.nextElementSibling : item?.previousElementSibling
  const button = neighbour?.querySelector('button')
  if (button === null || button === undefined) return 0
  event.preventDefault()
  button.focus()
  return step
}
