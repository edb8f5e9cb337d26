import { Checkbox, Radio, Switch, TextInput } from '@mantine/core'
import type { Mode } from '../../../contract/views'
import { REFUND_SERVICES, type KiccOptions } from '../../../domain/channel-options'
import { useWords } from '../../i18n'
import { withServices, type OddField } from './channel-facts'
import { KiccUnconfirmed } from './kicc-unconfirmed'
import styles from './channels.module.css'

interface KiccOptionFieldsProps {
  readonly options: KiccOptions
  readonly odd: readonly OddField[]
  readonly mode: Mode
  readonly onChange: (options: KiccOptions) => void
}

/** What the merchant has agreed with KICC, then what KICC's documents leave open. */
export function KiccOptionFields({ options, odd, mode, onChange }: KiccOptionFieldsProps) {
  const say = useWords('channels')
  return (
    <>
      <Radio.Group
        label={say('kicc.host')}
        description={say(mode === 'practice' ? 'kicc.hostPractice' : 'kicc.hostHint')}
        value={options.host}
        onChange={(value) => onChange({ ...options, host: value === 'test' ? 'test' : 'live' })}
      >
        <div className={styles.choices}>
          <Radio value="live" label={say('kicc.host.live')} />
          <Radio value="test" label={say('kicc.host.test')} />
        </div>
      </Radio.Group>
      <TextInput
        label={say('kicc.merchantId')}
        description={say('kicc.merchantIdHint')}
        error={odd.includes('merchantId') ? say('kicc.merchantIdOdd') : null}
        value={options.merchantId}
        maxLength={8}
        autoComplete="off"
        spellCheck={false}
        w="min(320px, 100%)"
        onChange={(event) => onChange({ ...options, merchantId: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={say('kicc.operatorId')}
        description={say('kicc.operatorIdHint')}
        error={odd.includes('operatorId') ? say('kicc.operatorIdOdd') : null}
        value={options.operatorId}
        maxLength={32}
        autoComplete="off"
        spellCheck={false}
        w="min(320px, 100%)"
        onChange={(event) => onChange({ ...options, operatorId: event.currentTarget.value.trim() })}
      />
      <Services options={options} onChange={onChange} />
      <Switch
        label={say('kicc.complexTax')}
        description={say('kicc.complexTaxHint')}
        checked={options.complexTax}
        onChange={(event) => onChange({ ...options, complexTax: event.currentTarget.checked })}
      />
      <KiccUnconfirmed options={options} onChange={onChange} />
    </>
  )
}

/** The services of the contract; which of two is used, and who checks the account, are asked only where it matters. */
function Services({ options, onChange }: Omit<KiccOptionFieldsProps, 'odd' | 'mode'>) {
  const say = useWords('channels')
  return (
    <>
      <Checkbox.Group
        label={say('kicc.services')}
        description={say('kicc.servicesHint')}
        value={[...options.services]}
        onChange={(chosen) => onChange(withServices(options, chosen))}
      >
        <div className={styles.choices}>
          {REFUND_SERVICES.map((service) => (
            <Checkbox
              key={service}
              value={service}
              label={say(`kicc.service.${service}`)}
              description={say(`kicc.service.${service}Hint`)}
            />
          ))}
        </div>
      </Checkbox.Group>
      {options.services.length < 2 ? null : (
        <Radio.Group
          label={say('kicc.preferred')}
          value={options.preferred}
          onChange={(value) =>
            onChange({ ...options, preferred: REFUND_SERVICES.find((one) => one === value) ?? options.preferred })
          }
        >
          <div className={styles.choices}>
            {REFUND_SERVICES.map((service) => (
              <Radio key={service} value={service} label={say(`kicc.service.${service}`)} />
            ))}
          </div>
        </Radio.Group>
      )}
      {options.services.includes('real-time') ? (
        <Radio.Group
          label={say('kicc.accountCheck')}
          value={options.accountCheck}
          onChange={(value) =>
            onChange({ ...options, accountCheck: value === 'by-merchant' ? 'by-merchant' : 'by-pg' })
          }
        >
          <div className={styles.choices}>
            <Radio
              value="by-pg"
              label={say('kicc.accountCheck.by-pg')}
              description={say('kicc.accountCheck.by-pgHint')}
            />
            <Radio
              value="by-merchant"
              label={say('kicc.accountCheck.by-merchant')}
              description={say('kicc.accountCheck.by-merchantHint')}
            />
          </div>
        </Radio.Group>
      ) : null}
    </>
  )
}
