import { Button } from '@mantine/core'
import { IconCalendarExclamation } from '@tabler/icons-react'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'

/** Told here as well, since nobody opens the settings to look for it. */
export function HolidaysMissing({ year }: { readonly year: number }) {
  const say = useWords('home')
  const go = useGo()
  return (
    <Notice
      tone="amber"
      icon={IconCalendarExclamation}
      actions={
        <Button variant="default" size="xs" onClick={() => go({ name: 'settings' })}>
          {say('holidays.open')}
        </Button>
      }
    >
      <p>{say('holidays.missing', { year: String(year) })}</p>
    </Notice>
  )
}
