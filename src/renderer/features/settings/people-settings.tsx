import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { ROLES, type AppState, type Role } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { PlainTable } from '../../ui/plain-table'
import { ProblemAlert } from '../../ui/problem-text'
import { Section } from './section'
import styles from './settings.module.css'

/** Who works here, and adding somebody; name and PIN are entered in the secret window. */
export function PeopleSettings({ app }: { readonly app: AppState }) {
  const say = useWords('settings')
  const state = useWords('state')
  return (
    <Section title={say('people.title')}>
      <div className={`${styles.wide} ${styles.people}`}>
        <PlainTable
          label={say('people.title')}
          rows={app.people}
          rowKey={(person) => person.personId}
          columns={[
            { id: 'name', title: say('people.name'), cell: (person) => person.name },
            {
              id: 'roles',
              title: say('people.roles'),
              flex: true,
              cell: (person) => person.roles.map((role) => state(`role.${role}`)).join(' · '),
            },
          ]}
        />
      </div>
      {app.session?.roles.includes('admin') === true ? (
        <AddPerson />
      ) : (
        <p className={styles.soft}>{say('people.adminOnly')}</p>
      )}
    </Section>
  )
}

function AddPerson() {
  const say = useWords('settings')
  const state = useWords('state')
  const [roles, setRoles] = useState<readonly Role[]>(['checker'])
  const add = useAct('settings.addPerson')
  return (
    <>
      <Checkbox.Group
        label={say('people.rolesOf')}
        description={say('people.addHint')}
        error={roles.length === 0 ? say('people.chooseRole') : null}
        value={[...roles]}
        onChange={(chosen) => setRoles(ROLES.filter((role) => chosen.includes(role)))}
      >
        <div className={styles.roles}>
          {ROLES.map((role) => (
            <Checkbox key={role} value={role} label={state(`role.${role}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <Button
        variant="default"
        disabled={roles.length === 0}
        loading={add.busy}
        onClick={() => add.act({ roles: [...roles] })}
      >
        {say('people.add')}
      </Button>
      <ProblemAlert problem={add.problem} onClose={add.clear} />
      {add.done === null ? null : (
        <Notice tone="blue" announced onClose={add.clear}>
          <p>{say('people.added', { name: add.done.name })}</p>
        </Notice>
      )}
    </>
  )
}
