import { Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconBooks,
  IconCalendarCheck,
  IconEqualNot,
  IconFileImport,
  IconHistory,
  IconInbox,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlayerPlay,
  IconSearch,
  IconSettings,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { HomeView } from '../../contract/views'
import { useWords } from '../i18n'
import { figureText } from '../ui/formats'
import { useNavigation } from '../ui/navigation'
import { useMedia } from '../ui/use-media'
import { RAIL_SCREENS, railScreenOf, type RailScreen } from './navigation-state'
import styles from './rail.module.css'

const ICONS: Readonly<Record<RailScreen, Icon>> = {
  home: IconCalendarCheck,
  import: IconFileImport,
  batches: IconBooks,
  approvals: IconInbox,
  run: IconPlayerPlay,
  drift: IconEqualNot,
  search: IconSearch,
  audit: IconHistory,
  settings: IconSettings,
}

const COLLAPSED_KEY = 'rail.collapsed'
/** At 200 % zoom the words would take half of the screen. */
const NARROW = '(max-width: 760px)'

interface RailProps {
  /** Counts for the badges; null until they are read. */
  readonly home: HomeView | null
}

/** The places of the program, each with what waits there. */
export function Rail({ home }: RailProps) {
  const say = useWords('frame')
  const { screen, go } = useNavigation()
  const narrow = useMedia(NARROW)
  const [folded, setFolded] = useState(() => localStorage.getItem(COLLAPSED_KEY) === 'yes')
  const collapsed = folded || narrow
  const current = railScreenOf(screen)
  return (
    <nav className={styles.rail} aria-label={say('rail.label')} data-collapsed={collapsed || undefined}>
      <ul className={styles.list}>
        {RAIL_SCREENS.map((name, index) => {
          const Glyph = ICONS[name]
          const badge = badgeOf(name)
          const word = say(`screen.${name}`)
          return (
            <li key={name}>
              <Tooltip label={word} position="right" disabled={!collapsed}>
                <UnstyledButton
                  className={styles.item}
                  aria-current={name === current ? 'page' : undefined}
                  aria-keyshortcuts={`Control+${index + 1}`}
                  onClick={() => go({ name })}
                >
                  <Glyph size={20} stroke={1.75} aria-hidden />
                  <span className={styles.word}>{word}</span>
                  {badge === null ? null : (
                    <span className={styles.badge} data-tone={badge.tone}>
                      <span aria-hidden>{badge.count > 999 ? '999+' : figureText(badge.count)}</span>
                      <span className={styles.heard}>{say(badge.words, { count: badge.count })}</span>
                    </span>
                  )}
                </UnstyledButton>
              </Tooltip>
            </li>
          )
        })}
      </ul>
      <UnstyledButton
        className={styles.item}
        hidden={narrow}
        aria-label={say(collapsed ? 'rail.expand' : 'rail.collapse')}
        aria-expanded={!collapsed}
        onClick={() => {
          localStorage.setItem(COLLAPSED_KEY, collapsed ? 'no' : 'yes')
          setFolded(!collapsed)
        }}
      >
        {collapsed ? (
          <IconLayoutSidebarLeftExpand size={20} stroke={1.75} aria-hidden />
        ) : (
          <IconLayoutSidebarLeftCollapse size={20} stroke={1.75} aria-hidden />
        )}
        <span className={styles.word}>{say('rail.collapse')}</span>
      </UnstyledButton>
    </nav>
  )

  function badgeOf(name: RailScreen) {
    if (home === null) return null
    const badges = {
      approvals: { count: home.awaitingApproval.count, tone: 'blue', words: 'badge.approvals' },
      run: { count: home.needsLook.count, tone: 'amber', words: 'badge.run' },
      drift: { count: home.drift.count, tone: 'violet', words: 'badge.drift' },
    } as const
    if (name !== 'approvals' && name !== 'run' && name !== 'drift') return null
    return badges[name].count > 0 ? badges[name] : null
  }
}
