import { Switch, TextInput } from '@mantine/core'
import type { ChannelOptions, PortoneV2Options } from '../../../domain/channel-options'
import { useWords } from '../../i18n'
import type { OddField } from './channel-facts'

type PortoneV1Options = Extract<ChannelOptions, { pg: 'portone-v1' }>

interface PortoneV1OptionFieldsProps {
  readonly options: PortoneV1Options
  readonly onChange: (options: PortoneV1Options) => void
}

export function PortoneV1OptionFields({ options, onChange }: PortoneV1OptionFieldsProps) {
  const say = useWords('channels')
  return (
    <Switch
      label={say('includeTest')}
      description={say('includeTestHint')}
      checked={options.includeSandbox}
      onChange={(event) => onChange({ ...options, includeSandbox: event.currentTarget.checked })}
    />
  )
}

interface PortoneV2OptionFieldsProps {
  readonly options: PortoneV2Options
  readonly odd: readonly OddField[]
  readonly onChange: (options: PortoneV2Options) => void
}

export function PortoneV2OptionFields({ options, odd, onChange }: PortoneV2OptionFieldsProps) {
  const say = useWords('channels')
  return (
    <>
      <TextInput
        label={say('storeId')}
        description={say('storeIdHint')}
        error={odd.includes('storeId') ? say('storeIdOdd') : null}
        value={options.storeId}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        w="min(480px, 100%)"
        onChange={(event) => onChange({ ...options, storeId: event.currentTarget.value.trim() })}
      />
      <Switch
        label={say('includeTest')}
        description={say('includeTestHint')}
        checked={options.includeTest}
        onChange={(event) => onChange({ ...options, includeTest: event.currentTarget.checked })}
      />
    </>
  )
}
