import { Anchor } from '@mantine/core'
import type { HomeView } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { useGo } from '../../ui/navigation'
import { MoneySummary, Stat, Stats } from '../../ui/stat'

/** What goes on by itself, so that nobody has to ask. */
export function QuietWork({ home }: { readonly home: HomeView }) {
  const say = useWords('home')
  const go = useGo()
  const finished = home.lastFinished
  if (home.waiting.count === 0 && home.processing.count === 0 && finished === null) return null
  return (
    <section aria-label={say('quiet.label')}>
      <Stats>
        {home.waiting.count > 0 ? <MoneySummary label={say('quiet.waiting')} {...home.waiting} /> : null}
        {home.processing.count > 0 ? <MoneySummary label={say('quiet.processing')} {...home.processing} /> : null}
        {finished === null ? null : (
          <Stat
            label={say('quiet.finished')}
            hint={
              <>
                {say('quiet.finishedAccepted', { count: finished.accepted.count })}{' '}
                <Amount value={finished.accepted.amount} />
              </>
            }
          >
            <Anchor
              component="button"
              inherit
              aria-label={say('quiet.open', { name: finished.name })}
              onClick={() => go({ name: 'batch', batchId: finished.batchId })}
            >
              {finished.name}
            </Anchor>
          </Stat>
        )}
      </Stats>
    </section>
  )
}
