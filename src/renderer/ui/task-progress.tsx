import { Button, Progress } from '@mantine/core'
import { useLanguage, useWords } from '../i18n'
import { durationText, figureText, timeLeftMs } from './formats'
import { useNow } from './use-now'
import styles from './task-progress.module.css'

interface TaskProgressProps {
  /** What is being done, one short sentence. */
  readonly label: string
  readonly done: number
  /** 0 while the whole is not known yet. */
  readonly all: number
  readonly startedAtMs: number
  readonly onCancel?: () => void
}

/** A long task: done of all, rate, time left, and a way to stop. */
export function TaskProgress({ label, done, all, startedAtMs, onCancel }: TaskProgressProps) {
  const say = useWords('ui')
  const language = useLanguage()
  const nowMs = useNow(1000)
  const spentMs = nowMs - startedAtMs
  const left = timeLeftMs(done, all, startedAtMs, nowMs)
  const known = all > 0
  return (
    <div className={styles.task} role="group" aria-label={label}>
      <div className={styles.line}>
        <span className={styles.label}>{label}</span>
        <span className={styles.figures}>
          {known ? say('task.progress', { done, all }) : say('task.counting')}
          {known && done > 0 && spentMs >= 1000 ? (
            <span>{say('task.rate', { rate: figureText(Math.round(done / (spentMs / 1000))) })}</span>
          ) : null}
          {left === null ? null : <span>{say('task.left', { time: durationText(left, language) })}</span>}
        </span>
        {onCancel === undefined ? null : (
          <Button variant="default" size="xs" onClick={onCancel}>
            {say('task.cancel')}
          </Button>
        )}
      </div>
      <Progress.Root size="sm" transitionDuration={0}>
        <Progress.Section
          value={known ? (done / all) * 100 : 100}
          animated={!known}
          aria-label={label}
          aria-valuetext={known ? say('task.progress', { done, all }) : say('task.counting')}
        />
      </Progress.Root>
      {/* Screen readers hear tenths, not every row. */}
      <span className={styles.heard} aria-live="polite">
        {known ? `${label} ${Math.floor((done / all) * 10) * 10}%` : label}
      </span>
    </div>
  )
}
