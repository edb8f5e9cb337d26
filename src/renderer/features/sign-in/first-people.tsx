import { Button } from '@mantine/core'
import type { Role } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ProblemAlert } from '../../ui/problem-text'
import styles from './sign-in.module.css'

const MAKER: readonly Role[] = ['maker', 'admin']

/** The first start without people: the maker, who may also add people; the checker follows from the settings. */
export function FirstPeople() {
  const say = useWords('signIn')
  const add = useAct('settings.addPerson')
  return (
    <section className={styles.first} aria-labelledby="first-people">
      <h2 id="first-people">{say('first.title')}</h2>
      <p>{say('first.text')}</p>
      <div className={styles.step}>
        <h3>{say('first.maker')}</h3>
        <p className={styles.soft}>{say('first.makerText')}</p>
        <Button onClick={() => add.act({ roles: [...MAKER] })} loading={add.busy}>
          {say('first.add')}
        </Button>
      </div>
      <div className={styles.step}>
        <h3>{say('first.checker')}</h3>
        <p className={styles.soft}>{say('first.checkerText')}</p>
        <p className={styles.soft}>{say('first.signInNeeded')}</p>
      </div>
      <ProblemAlert problem={add.problem} />
    </section>
  )
}
