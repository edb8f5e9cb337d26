import type { PersonView } from '../../contract/views'
import type { PersonId } from '../../domain/ids'
import { useWords } from '../i18n'

/** The PIN of the chosen practice person as a hint; outside practice main sends none. */
export function usePracticeHint(
  pins: readonly { readonly name: string; readonly pin: string }[],
  people: readonly PersonView[],
  chosen: PersonId | null,
): string | undefined {
  const say = useWords('secret')
  const name = people.find((person) => person.personId === chosen)?.name
  const pin = pins.find((one) => one.name === name)?.pin
  return pin === undefined ? undefined : say('pin.practice', { pin })
}
