import type { AppState } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Page, PageHeader } from '../../ui/page-header'
import { AppearanceSettings } from './appearance-settings'
import { BackupSettings } from './backup-settings'
import { ChannelSettings } from './channel-settings'
import { HolidaySettings } from './holiday-settings'
import { ModeSettings } from './mode-settings'
import { PeopleSettings } from './people-settings'
import { PolicySettings } from './policy-settings'
import { ProgramFacts } from './program-facts'

export function SettingsScreen({ app }: { readonly app: AppState }) {
  const say = useWords('settings')
  return (
    <Page>
      <PageHeader title={say('title')} />
      <ChannelSettings app={app} />
      <PolicySettings app={app} />
      <PeopleSettings app={app} />
      <HolidaySettings admin={app.session?.roles.includes('admin') === true} />
      <BackupSettings app={app} />
      <AppearanceSettings preferences={app.preferences} />
      <ModeSettings app={app} />
      <ProgramFacts app={app} />
    </Page>
  )
}
