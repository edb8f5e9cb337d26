import { Radio } from '@mantine/core'
import type { PersonView } from '../../contract/views'
import type { PersonId } from '../../domain/ids'
import { useWords } from '../i18n'
import styles from './secret.module.css'

interface PeopleChoiceProps {
  readonly label: string
  readonly people: readonly PersonView[]
  readonly chosen: PersonId | null
  readonly onChoose: (personId: PersonId) => void
}

/** The people as cards; arrows move between them as in any group of radio buttons. */
export function PeopleChoice({ label, people, chosen, onChoose }: PeopleChoiceProps) {
  const state = useWords('state')
  return (
    <Radio.Group
      label={label}
      value={chosen}
      onChange={(value) => {
        const person = people.find((one) => one.personId === value)
        if (person !== undefined) onChoose(person.personId)
      }}
    >
      <div className={styles.people}>
        {people.map((person) => (
          <label key={person.personId} className={styles.person} data-chosen={person.personId === chosen || undefined}>
            <Radio value={person.personId} aria-label={person.name} />
            <span className={styles.name}>{person.name}</span>
            <span className={styles.soft}>{person.roles.map((role) => state(`role.${role}`)).join(' · ')}</span>
          </label>
        ))}
      </div>
    </Radio.Group>
  )
}
