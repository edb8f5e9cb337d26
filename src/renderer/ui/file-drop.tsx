import { Button } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useState, type DragEvent, type ReactNode } from 'react'
import type { Problem } from '../../domain/problem'
import { useWords } from '../i18n'
import { carriesFiles, readDroppedFile, type DroppedFile } from './dropped-file'
import { ProblemAlert } from './problem-text'
import styles from './file-drop.module.css'

interface FileDropProps {
  /** What may be dropped here, one sentence. */
  readonly title: string
  readonly hint?: string
  readonly busy: boolean
  /** The button opens main's own file dialog. */
  readonly onChoose: () => void
  readonly onFile: (file: DroppedFile) => void
  /** Filled where choosing a file is the next action of the screen. */
  readonly primary?: boolean
  readonly children?: ReactNode
}

/** A place to drop one file, with a button for those who do not drag. */
export function FileDrop({ title, hint, busy, onChoose, onFile, primary = false, children }: FileDropProps) {
  const say = useWords('ui')
  const [over, setOver] = useState(false)
  const [reading, setReading] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!carriesFiles(event.dataTransfer)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void take(event)}
    >
      <IconFileUpload size={32} stroke={1.5} aria-hidden className={styles.icon} />
      <p className={styles.title}>{title}</p>
      {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
      <div className={styles.buttons}>
        <Button variant={primary ? 'filled' : 'default'} onClick={onChoose} loading={busy || reading !== null}>
          {say('drop.choose')}
        </Button>
        {children}
      </div>
      <p className={styles.hint} aria-live="polite">
        {reading === null ? '' : say('drop.reading', { name: reading })}
      </p>
      <ProblemAlert problem={problem} onClose={() => setProblem(null)} />
    </div>
  )

  async function take(event: DragEvent): Promise<void> {
    const file = event.dataTransfer.files[0]
    if (file === undefined) return
    event.preventDefault()
    // The window's own drop handler must not read the same file a second time.
    event.stopPropagation()
    setOver(false)
    setProblem(null)
    setReading(file.name)
    const read = await readDroppedFile(file)
    setReading(null)
    if (read.ok) onFile(read.value)
    else setProblem(read.problem)
  }
}
