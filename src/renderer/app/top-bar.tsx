import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconChevronDown,
  IconKeyboard,
  IconLogout,
  IconPlugConnected,
  IconPlugConnectedX,
  IconPlug,
} from '@tabler/icons-react'
import type { AppState, Connection, PersonView, RunState } from '../../contract/views'
import { useAct, useRun } from '../bridge/client'
import { useLanguage, useWords } from '../i18n'
import { useProblemSentence } from '../i18n/problem-sentence'
import { whenText } from '../ui/formats'
import { underWay } from '../ui/under-way'
import { useNow } from '../ui/use-now'
import styles from './top-bar.module.css'

interface TopBarProps {
  readonly app: AppState
  readonly person: PersonView
  readonly onHelp: () => void
}

/** Title, mode, the PG's health and the person. */
export function TopBar({ app, person, onHelp }: TopBarProps) {
  const say = useWords('frame')
  const state = useWords('state')
  const run = useRun()
  const signOut = useAct('session.signOut')
  return (
    <section className={styles.bar} aria-label={say('top.label')}>
      <span className={styles.product}>{say('product')}</span>
      {app.mode === 'live' ? null : (
        <Tooltip label={say(app.mode === 'practice' ? 'mode.practiceHint' : 'mode.sandboxHint')}>
          <span className={styles.mode} data-mode={app.mode}>
            {state(`mode.${app.mode}`)}
          </span>
        </Tooltip>
      )}
      <div className={styles.right}>
        {run === null ? null : <RunWord run={run} />}
        {run === null ? null : <ConnectionWord connection={run.connection} />}
        <Tooltip label={say('keys.open')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('keys.open')} onClick={onHelp}>
            <IconKeyboard size={20} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Menu position="bottom-end" transitionProps={{ duration: 120 }}>
          <Menu.Target>
            <UnstyledButton className={styles.person} aria-label={say('person.menu', { name: person.name })}>
              <span className={styles.name}>{person.name}</span>
              <span className={styles.roles}>{person.roles.map((role) => state(`role.${role}`)).join(' · ')}</span>
              <IconChevronDown size={16} stroke={1.75} aria-hidden />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />} onClick={() => signOut.act({})}>
              {say('person.signOut')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  )
}

const CONNECTION_ICONS = { online: IconPlugConnected, offline: IconPlugConnectedX, unknown: IconPlug } as const

/** Whether the PG answers, and since when; the reason stands in the tip. */
function ConnectionWord({ connection }: { readonly connection: Connection }) {
  const say = useWords('frame')
  const language = useLanguage()
  const nowMs = useNow()
  const sentence = useProblemSentence()
  const Glyph = CONNECTION_ICONS[connection.state]
  const since =
    connection.sinceMs === null ? null : say('pg.since', { when: whenText(connection.sinceMs, nowMs, language) })
  return (
    <Tooltip
      label={connection.problem === null ? (since ?? say(`pg.${connection.state}`)) : sentence(connection.problem)}
      multiline
      maw={360}
    >
      <span className={styles.connection} data-state={connection.state} role="status">
        <Glyph size={18} stroke={1.75} aria-hidden />
        <span>{say(`pg.${connection.state}`)}</span>
        {since === null ? null : <span className={styles.since}>{since}</span>}
      </span>
    </Tooltip>
  )
}

/** A run that goes on or waits is seen from every screen. */
function RunWord({ run }: { readonly run: RunState }) {
  const say = useWords('frame')
  if (run.state === 'running') {
    const { rowsDone, rowsAll } = underWay(run)
    return <span className={styles.run}>{say('run.running', { done: rowsDone, all: rowsAll })}</span>
  }
  if (run.state === 'paused') return <span className={styles.run}>{say('run.paused')}</span>
  return run.state === 'waiting-for-pg' ? <span className={styles.run}>{say('pg.waiting')}</span> : null
}
