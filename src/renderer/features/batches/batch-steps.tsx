import { IconCheck, IconMinus, IconPointFilled, IconX, type Icon } from '@tabler/icons-react'
import type { BatchView } from '../../../contract/views'
import { useWords } from '../../i18n'
import { stepMarks, type StepMark } from './batch-facts'
import styles from './batches.module.css'

const GLYPHS: Readonly<Record<StepMark, Icon>> = {
  passed: IconCheck,
  current: IconPointFilled,
  ahead: IconPointFilled,
  skipped: IconMinus,
  stopped: IconX,
}

/** The way of a batch, from making to done, with the step where it stands. */
export function BatchSteps({ batch }: { readonly batch: BatchView }) {
  const say = useWords('batches')
  return (
    <ol className={styles.steps} aria-label={say('steps.label')}>
      {stepMarks(batch).map(({ step, mark }) => {
        const Glyph = GLYPHS[mark]
        return (
          <li
            key={step}
            className={styles.step}
            data-mark={mark}
            {...(mark === 'current' ? { 'aria-current': 'step' } : {})}
          >
            <Glyph size={14} stroke={2.25} aria-hidden />
            {say(`steps.${step}`)}
            <span className={mark === 'skipped' || mark === 'stopped' ? styles.stepNote : styles.heard}>
              {say(`steps.${mark}`)}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
