import type { AppState } from '../../../contract/views'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ProblemAlert } from '../../ui/problem-text'
import { AddChannel } from './add-channel'
import { ChannelCard } from './channel-card'
import { Section } from './section'
import styles from './settings.module.css'

/** The merchant accounts at the PGs: what each is set to, whether its keys are there, and which rules bind it. */
export function ChannelSettings({ app }: { readonly app: AppState }) {
  const say = useWords('channels')
  const channels = useRead('settings.channels', {}, { topics: ['settings'] })
  const admin = app.session?.roles.includes('admin') === true
  return (
    <Section title={say('title')}>
      <div className={styles.soft}>
        <p>{say('about')}</p>
        <p>{say(app.mode === 'practice' ? 'aboutPractice' : 'enterKeysHint')}</p>
        <p>{say('testHint')}</p>
      </div>
      <ProblemAlert problem={channels.error === null ? null : problemOf(channels.error)} />
      {channels.data?.length === 0 ? <p className={styles.soft}>{say('none')}</p> : null}
      {channels.data?.map((channel) => (
        <ChannelCard key={channel.channelId} channel={channel} mode={app.mode} admin={admin} />
      ))}
      {admin ? <AddChannel /> : <p className={styles.soft}>{say('adminOnly')}</p>}
    </Section>
  )
}
