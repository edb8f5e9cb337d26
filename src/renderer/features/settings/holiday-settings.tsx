import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconCalendarExclamation } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { HolidaysView } from '../../../contract/holidays'
import type { Language } from '../../../contract/views'
import { readCalendarDay } from '../../../domain/business-day'
import { kstDayStartMs, type KstDate } from '../../../domain/time'
import { problemOf, useAct, useRead, type Act } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { dayText } from '../../ui/formats'
import { Notice } from '../../ui/notice'
import { PlainTable, type PlainColumn } from '../../ui/plain-table'
import { ProblemAlert } from '../../ui/problem-text'
import { holidayName } from './holiday-names'
import { Section } from './section'
import styles from './settings.module.css'

type Year = HolidaysView['years'][number]
type Day = Year['days'][number]
type Save = Act<'settings.saveHoliday'>

/** Without the year, which is chosen above the table. */
function dayInYear(day: KstDate, language: Language): string {
  return dayText(day, kstDayStartMs(day), language)
}

/** The days on which banks are closed: where the table comes from, what is missing, and what people changed. */
export function HolidaySettings({ admin }: { readonly admin: boolean }) {
  const say = useWords('settings')
  const read = useRead('settings.holidays', {}, { topics: ['settings'] })
  return (
    <Section title={say('holidays.title')}>
      <p>{say('holidays.body')}</p>
      <ProblemAlert problem={read.error === null ? null : problemOf(read.error)} />
      {read.data === undefined ? null : <Table view={read.data} admin={admin} />}
    </Section>
  )
}

function Table({ view, admin }: { readonly view: HolidaysView; readonly admin: boolean }) {
  const say = useWords('settings')
  const [chosen, setChosen] = useState(view.thisYear)
  const save = useAct('settings.saveHoliday')
  const year = view.years.find((one) => one.year === chosen)
  const { missingYear } = view
  return (
    <>
      <p className={styles.soft}>
        {say('holidays.source', {
          from: String(view.firstYear),
          until: String(view.lastYear),
          date: view.publishedOn,
          version: view.version,
        })}
      </p>
      {missingYear === null ? null : (
        <Notice
          tone="amber"
          icon={IconCalendarExclamation}
          title={say('holidays.missing', { year: String(missingYear) })}
        >
          <p>{say('holidays.missingHint')}</p>
        </Notice>
      )}
      <SegmentedControl
        aria-label={say('holidays.year')}
        value={String(chosen)}
        data={view.years.map((one) => ({
          value: String(one.year),
          label: say('holidays.yearOf', { year: String(one.year) }),
        }))}
        onChange={(value) => {
          setChosen(Number(value))
          save.clear()
        }}
      />
      {year === undefined ? null : <Days year={year} admin={admin} save={save} />}
      <ProblemAlert problem={save.problem} onClose={save.clear} />
      <p className={styles.said} role="status">
        {save.done === null || save.busy ? '' : say('holidays.saved')}
      </p>
      {admin ? (
        <AddDay save={save} onAdded={(day) => setChosen(Number(day.slice(0, 4)))} />
      ) : (
        <p className={styles.soft}>{say('holidays.adminOnly')}</p>
      )}
    </>
  )
}

function Days({ year, admin, save }: { readonly year: Year; readonly admin: boolean; readonly save: Save }) {
  const say = useWords('settings')
  const columns = useDayColumns(admin ? save : null)
  return (
    <>
      {year.bundled ? null : <p className={styles.soft}>{say('holidays.none')}</p>}
      {year.days.length === 0 ? null : (
        <div className={`${styles.wide} ${styles.holidays}`}>
          <PlainTable
            label={say('holidays.list', { year: String(year.year) })}
            columns={columns}
            rows={year.days}
            rowKey={({ day }) => day}
          />
        </div>
      )}
    </>
  )
}

/** With the means to change a day only for those who may. */
function useDayColumns(save: Save | null): readonly PlainColumn<Day>[] {
  const say = useWords('settings')
  const language = useLanguage()
  return useMemo(
    () => [
      {
        id: 'day',
        title: say('holidays.day'),
        cell: ({ day }) => <time dateTime={day}>{dayInYear(day, language)}</time>,
      },
      {
        id: 'name',
        title: say('holidays.name'),
        flex: true,
        cell: ({ name, kind }) => {
          const text = holidayName(name, language)
          return kind === 'struck' ? <s>{text}</s> : text
        },
      },
      { id: 'from', title: say('holidays.from'), cell: (day) => <From day={day} /> },
      ...(save === null
        ? []
        : [{ id: 'act', title: say('holidays.act'), cell: (day: Day) => <ChangeDay day={day} save={save} /> }]),
    ],
    [say, language, save],
  )
}

function From({ day: { kind, weekend, by } }: { readonly day: Day }) {
  const say = useWords('settings')
  const who = by ?? ''
  if (kind === 'added') return say('holidays.added', { who })
  if (kind === 'struck') return say('holidays.struck', { who })
  return <span className={styles.soft}>{say(weekend ? 'holidays.weekend' : 'holidays.bundled')}</span>
}

const CHANGES = {
  bundled: { act: 'strike', word: 'holidays.strike', words: 'holidays.strikeFor' },
  struck: { act: 'restore', word: 'holidays.putBack', words: 'holidays.putBackFor' },
  added: { act: 'restore', word: 'holidays.remove', words: 'holidays.removeFor' },
} as const

/** Each change can be taken back by another, so none is asked twice. */
function ChangeDay({ day: { day, name, kind, weekend }, save }: { readonly day: Day; readonly save: Save }) {
  const say = useWords('settings')
  const language = useLanguage()
  // A weekend stays closed without the holiday on it.
  if (kind === 'bundled' && weekend) return null
  const { act, word, words } = CHANGES[kind]
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      ml={-8}
      disabled={save.busy}
      aria-label={say(words, { day: dayInYear(day, language), name: holidayName(name, language) })}
      onClick={() => save.act({ day, act, name: '' })}
    >
      {say(word)}
    </Button>
  )
}

function AddDay({ save, onAdded }: { readonly save: Save; readonly onAdded: (day: KstDate) => void }) {
  const say = useWords('settings')
  const language = useLanguage()
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const day = readCalendarDay(text)
  return (
    <form
      className={styles.addDay}
      onSubmit={(event) => {
        event.preventDefault()
        if (day === null) return
        save.act({ day, act: 'close', name: name.trim() })
        onAdded(day)
        setText('')
        setName('')
      }}
    >
      <TextInput
        label={say('holidays.newDay')}
        description={day === null ? say('holidays.newDayHint') : dayInYear(day, language)}
        value={text}
        maxLength={10}
        w={160}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        label={say('holidays.newName')}
        description={say('holidays.newNameHint')}
        value={name}
        maxLength={100}
        w="min(240px, 100%)"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={save.busy} disabled={day === null || name.trim() === ''}>
        {say('holidays.add')}
      </Button>
    </form>
  )
}
