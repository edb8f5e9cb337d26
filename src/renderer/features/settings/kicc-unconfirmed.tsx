import { Radio } from '@mantine/core'
import { useId } from 'react'
import { FIRST_OPTIONS, type KiccOptions } from '../../../domain/channel-options'
import { useWords } from '../../i18n'
import { Tag } from '../../ui/state-badge'
import styles from './channels.module.css'

/** Choices that KICC's documents leave open, with the values that each may have. */
const CHOICES = {
  remainingAmount: ['before', 'after', 'omit'],
  flaggedQueryKey: ['same', 'new'],
  fullAmount: ['send', 'omit'],
} as const satisfies { readonly [N in UnconfirmedName]: readonly KiccOptions[N][] }

type UnconfirmedName = 'remainingAmount' | 'flaggedQueryKey' | 'fullAmount'

interface KiccUnconfirmedProps {
  readonly options: KiccOptions
  readonly onChange: (options: KiccOptions) => void
}

/** Set apart from what is agreed: who changes one of these should have asked KICC or tried it on the test server. */
export function KiccUnconfirmed({ options, onChange }: KiccUnconfirmedProps) {
  const say = useWords('channels')
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className={styles.unconfirmed}>
      <div className={styles.head}>
        <h4 id={id}>{say('unconfirmed.title')}</h4>
        <Tag tone="amber">{say('unconfirmed.mark')}</Tag>
      </div>
      <p className={styles.soft}>{say('unconfirmed.body')}</p>
      <Choice name="remainingAmount" options={options} onChange={onChange} />
      <Choice name="flaggedQueryKey" options={options} onChange={onChange} />
      <Choice name="fullAmount" options={options} onChange={onChange} />
    </div>
  )
}

function Choice({ name, options, onChange }: KiccUnconfirmedProps & { readonly name: UnconfirmedName }) {
  const say = useWords('channels')
  const values: readonly KiccOptions[UnconfirmedName][] = CHOICES[name]
  return (
    <Radio.Group
      label={say(`unconfirmed.${name}`)}
      description={say(`unconfirmed.${name}Hint`)}
      value={options[name]}
      onChange={(value) => {
        const chosen = values.find((one) => one === value)
        if (chosen !== undefined) onChange({ ...options, [name]: chosen })
      }}
    >
      <div className={styles.choices}>
        {values.map((value) => (
          <Radio
            key={value}
            value={value}
            label={
              <span className={styles.key}>
                {say(`unconfirmed.${name}.${value}` as UnconfirmedKey)}
                {value === FIRST_OPTIONS.kicc[name] ? <Tag tone="grey">{say('unconfirmed.default')}</Tag> : null}
              </span>
            }
          />
        ))}
      </div>
    </Radio.Group>
  )
}

/** The values stand beside their names above; a pair of both is a key. */
type UnconfirmedKey = { [N in UnconfirmedName]: `unconfirmed.${N}.${(typeof CHOICES)[N][number]}` }[UnconfirmedName]
