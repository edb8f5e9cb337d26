import { Button, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { PG_KINDS, type PgKind } from '../../../domain/pg'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import styles from './channels.module.css'

/** A further merchant account. It can be named and chosen at once; options and keys follow on its card. */
export function AddChannel() {
  const say = useWords('channels')
  const [asking, setAsking] = useState(false)
  const add = useAct('settings.addChannel', { onDone: () => setAsking(false) })
  return (
    <div className={styles.part}>
      {asking ? (
        <AddForm busy={add.busy} onAdd={add.act} onCancel={() => setAsking(false)} />
      ) : (
        <Button
          variant="default"
          onClick={() => {
            add.clear()
            setAsking(true)
          }}
        >
          {say('add')}
        </Button>
      )}
      <ProblemAlert problem={add.problem} onClose={add.clear} />
      {add.done === null ? null : (
        <Notice tone="blue" announced onClose={add.clear}>
          <p>{say('added', { name: add.done.name })}</p>
        </Notice>
      )}
    </div>
  )
}

interface AddFormProps {
  readonly busy: boolean
  readonly onAdd: (input: { pg: PgKind; name: string }) => void
  readonly onCancel: () => void
}

function AddForm({ busy, onAdd, onCancel }: AddFormProps) {
  const say = useWords('channels')
  const state = useWords('state')
  const ui = useWords('ui')
  const [pg, setPg] = useState<PgKind>('kicc')
  const [name, setName] = useState('')
  const missing = name.trim() === ''
  return (
    <form
      className={styles.card}
      aria-label={say('add')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing) onAdd({ pg, name: name.trim() })
      }}
    >
      <Radio.Group
        label={say('add.pg')}
        description={say('add.pgHint')}
        value={pg}
        onChange={(value) => setPg(PG_KINDS.find((one) => one === value) ?? pg)}
      >
        <div className={styles.choices}>
          {PG_KINDS.map((kind) => (
            <Radio key={kind} value={kind} label={state(`pg.${kind}`)} />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        label={say('name')}
        description={say('nameHint')}
        value={name}
        maxLength={100}
        w="min(320px, 100%)"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={styles.line}>
        <Button variant="default" disabled={busy} onClick={onCancel}>
          {ui('cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={missing}>
          {say('add')}
        </Button>
      </div>
    </form>
  )
}
