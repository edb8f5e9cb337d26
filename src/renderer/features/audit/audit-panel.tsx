import type { AuditEntry } from '../../../contract/audit'
import { useLanguage, useWords } from '../../i18n'
import { Facts } from '../../ui/facts'
import { figureText } from '../../ui/formats'
import { SidePanel } from '../../ui/side-panel'
import { When } from '../../ui/when'
import { useActionWord, useSubjectWord, useWhoWord } from './audit-words'
import styles from './audit.module.css'
import { detailText, rawDetail } from './detail-text'

/** One line of the record: in words, and below them everything as it was recorded. */
export function AuditPanel({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const say = useWords('audit')
  const language = useLanguage()
  const actionWord = useActionWord()
  const subjectWord = useSubjectWord()
  const whoWord = useWhoWord()
  const detail = detailText(entry.detail, language)
  return (
    <SidePanel title={say('panel.title', { seq: figureText(entry.seq) })} onClose={onClose}>
      <Facts
        items={[
          { label: say('column.at'), value: <When atMs={entry.atMs} /> },
          { label: say('column.who'), value: whoWord(entry.who) },
          { label: say('column.action'), value: actionWord(entry.action) },
          { label: say('column.subject'), value: subjectWord(entry.about) },
          ...(detail === '' ? [] : [{ label: say('column.detail'), value: detail }]),
        ]}
      />
      <section className={styles.raw}>
        <h3>{say('panel.raw')}</h3>
        <Facts
          items={[
            { label: say('panel.action'), value: <code>{entry.action}</code> },
            { label: say('panel.subject'), value: <code>{entry.subject}</code> },
            { label: say('panel.hash'), value: <code>{entry.hash}</code> },
          ]}
        />
        <pre aria-label={say('panel.detail')}>{rawDetail(entry.detail)}</pre>
        <p className={styles.hint}>{say('panel.hint')}</p>
      </section>
    </SidePanel>
  )
}
