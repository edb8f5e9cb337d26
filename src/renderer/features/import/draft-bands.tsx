import { Button } from '@mantine/core'
import { IconAlertTriangle, IconArrowNarrowRight, IconEqual, IconEqualNot } from '@tabler/icons-react'
import { subtractWon } from '../../../domain/money'
import { ENCODINGS, type DraftView } from '../../../contract/draft'
import type { Act } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { Notice } from '../../ui/notice'
import { ScrollRegion } from '../../ui/scroll-region'
import { When } from '../../ui/when'
import styles from './import.module.css'

interface DraftBandsProps {
  readonly draft: DraftView
  readonly reread: Act<'import.reread'>
}

/** How the file was read: its letters, its columns, its total. */
export function DraftBands({ draft, reread }: DraftBandsProps) {
  const say = useWords('import')
  return (
    <>
      {draft.importedBefore === null ? null : (
        <Notice tone="amber" icon={IconAlertTriangle}>
          {say('file.importedBefore', { by: draft.importedBefore.by })} <When atMs={draft.importedBefore.atMs} />
        </Notice>
      )}
      <div className={styles.bands}>
        <EncodingBand draft={draft} reread={reread} />
        <ColumnsBand draft={draft} />
        <TotalsBand draft={draft} />
      </div>
    </>
  )
}

function EncodingBand({ draft, reread }: DraftBandsProps) {
  const say = useWords('import')
  return (
    <section className={styles.band} aria-label={say('file.encoding')}>
      <h2>{say('file.encoding')}</h2>
      <div className={styles.chips} role="group" aria-label={say('file.encoding')}>
        {ENCODINGS.map((encoding) => {
          const chosen = encoding === draft.encoding
          return (
            <Button
              key={encoding}
              size="compact-xs"
              variant={chosen ? 'light' : 'default'}
              aria-pressed={chosen}
              disabled={reread.busy}
              {...(chosen ? {} : { title: say('file.reread', { encoding: say(`encodings.${encoding}`) }) })}
              onClick={() => {
                if (!chosen) reread.act({ draftId: draft.draftId, encoding })
              }}
            >
              {say(`encodings.${encoding}`)}
            </Button>
          )
        })}
      </div>
      <p className={styles.soft} aria-live="polite">
        {reread.busy ? say('file.rereading') : say('file.encodingHint')}
      </p>
    </section>
  )
}

function ColumnsBand({ draft }: { readonly draft: DraftView }) {
  const say = useWords('import')
  const state = useWords('state')
  return (
    <section className={styles.band} data-wide aria-label={say('columns.title')}>
      <h2>{say('columns.title')}</h2>
      <ScrollRegion className={styles.columns} label={say('columns.title')}>
        <ul>
          {draft.columns.map((column, index) => {
            // A file may carry the same head twice; the place tells them apart.
            const key = `${index}:${column.name}`
            if (column.takenAs === null) {
              return (
                <li
                  key={key}
                  className={styles.taken}
                  data-unused
                  title={say('columns.unusedLabel', { name: column.name })}
                >
                  {column.name} <span>{say('columns.unused')}</span>
                </li>
              )
            }
            const word = state(`column.${column.takenAs}`)
            return (
              <li key={key} className={styles.taken} title={say('columns.taken', { name: column.name, column: word })}>
                {column.name}
                {column.name.trim() === word ? null : (
                  <>
                    <IconArrowNarrowRight size={14} stroke={2} aria-hidden />
                    {word}
                  </>
                )}
              </li>
            )
          })}
        </ul>
      </ScrollRegion>
    </section>
  )
}

function TotalsBand({ draft }: { readonly draft: DraftView }) {
  const say = useWords('import')
  const { controlTotal, amountAll } = draft
  return (
    <section className={styles.band} aria-label={say('totals.title')}>
      <h2>{say('totals.title')}</h2>
      <dl className={styles.totals}>
        {controlTotal === null ? null : (
          <div>
            <dt>{say('totals.file')}</dt>
            <dd>
              <Amount value={controlTotal} />
            </dd>
          </div>
        )}
        <div>
          <dt>{say('totals.read')}</dt>
          <dd>
            <Amount value={amountAll} strong />
          </dd>
        </div>
        {controlTotal === null || controlTotal === amountAll ? null : (
          <div>
            <dt>{say('totals.difference')}</dt>
            <dd>
              <Amount value={subtractWon(amountAll, controlTotal)} sign="difference" />
            </dd>
          </div>
        )}
      </dl>
      <Verdict draft={draft} />
    </section>
  )
}

function Verdict({ draft }: { readonly draft: DraftView }) {
  const say = useWords('import')
  if (draft.controlTotal === null) return <p className={styles.soft}>{say('totals.none')}</p>
  const same = draft.controlTotal === draft.amountAll
  const Glyph = same ? IconEqual : IconEqualNot
  return (
    <p className={styles.verdict} data-same={same || undefined}>
      <Glyph size={16} stroke={2} aria-hidden />
      <span>{say(same ? 'totals.same' : 'totals.differs')}</span>
    </p>
  )
}
