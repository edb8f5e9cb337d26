import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Problem } from '../../domain/problem'
import { useAct } from '../bridge/client'
import { useWords } from '../i18n'
import { carriesFiles, readDroppedFile } from '../ui/dropped-file'
import { useKeyFileUsed } from '../ui/key-file-note'
import { useGo } from '../ui/navigation'
import { ProblemAlert } from '../ui/problem-text'
import styles from './frame.module.css'

/** A refund file dropped on any screen is imported; without this the browser would try to open it. */
export function DropAnywhere() {
  const say = useWords('frame')
  const ui = useWords('ui')
  const go = useGo()
  const keyFileUsed = useKeyFileUsed()
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const drop = useAct('import.dropFile', { onDone: (draft) => go({ name: 'import', draftId: draft.draftId }) })
  const take = useRef<(file: File) => void>(() => undefined)
  useEffect(() => {
    take.current = (file) => {
      setRefused(null)
      void readDroppedFile(file).then((read) => (read.ok ? drop.act(read.value) : setRefused(read.problem)))
    }
  })
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!carriesFiles(event.dataTransfer)) return
      // A drop zone of the screen shows itself; anywhere else the whole window is one.
      setOver(!event.defaultPrevented)
      event.preventDefault()
    }
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent): void => {
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (event.defaultPrevented || file === undefined) return
      event.preventDefault()
      take.current(file)
    }
    document.addEventListener('dragover', onOver)
    document.addEventListener('dragleave', onLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onOver)
      document.removeEventListener('dragleave', onLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [])
  const problem = refused ?? drop.problem
  return (
    <>
      {over ? (
        <div className={styles.drop}>
          <IconFileImport size={40} stroke={1.5} aria-hidden />
          {say('drop.title')}
          {keyFileUsed ? <p>{ui('keyFile.drop')}</p> : null}
        </div>
      ) : null}
      {problem === null ? null : (
        <div className={styles.dropProblem}>
          <ProblemAlert
            problem={problem}
            onClose={() => {
              setRefused(null)
              drop.clear()
            }}
          />
        </div>
      )}
    </>
  )
}
