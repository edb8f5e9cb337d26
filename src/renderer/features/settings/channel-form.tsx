import { Button, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ChannelView, Mode } from '../../../contract/views'
import type { ChannelOptions } from '../../../domain/channel-options'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ProblemAlert } from '../../ui/problem-text'
import { oddFieldsOf, sameOptions, type OddField } from './channel-facts'
import { KiccOptionFields } from './kicc-options'
import { PortoneV1OptionFields, PortoneV2OptionFields } from './portone-options'
import styles from './channels.module.css'

/** Everything of a channel that an administrator sets; saved as a whole. */
export function ChannelForm({ channel, mode }: { readonly channel: ChannelView; readonly mode: Mode }) {
  const say = useWords('channels')
  const { channelId } = channel
  const [name, setName] = useState(channel.name)
  const [options, setOptions] = useState<ChannelOptions>(channel.options)
  const [parallel, setParallel] = useState<number | string>(channel.parallel)
  const save = useAct('settings.saveChannel')
  const odd = oddFieldsOf(options)
  const changed =
    name.trim() !== channel.name || parallel !== channel.parallel || !sameOptions(options, channel.options)
  const fine = name.trim() !== '' && typeof parallel === 'number' && odd.length === 0
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (fine) save.act({ channelId, name: name.trim(), options, parallel })
      }}
    >
      <TextInput
        label={say('name')}
        description={say('nameHint')}
        value={name}
        maxLength={100}
        required
        withAsterisk={false}
        w="min(320px, 100%)"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <OptionFields options={options} odd={odd} mode={mode} onChange={setOptions} />
      <NumberInput
        label={say('parallel')}
        description={say('parallelHint')}
        suffix={say('parallelUnit')}
        value={parallel}
        min={1}
        max={8}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        w="min(480px, 100%)"
        classNames={{ wrapper: styles.figure ?? '' }}
        onChange={setParallel}
      />
      {changed ? (
        <Button type="submit" variant="default" loading={save.busy} disabled={!fine}>
          {say('save')}
        </Button>
      ) : null}
      <ProblemAlert problem={save.problem} onClose={save.clear} />
    </form>
  )
}

interface OptionFieldsProps {
  readonly options: ChannelOptions
  readonly odd: readonly OddField[]
  readonly mode: Mode
  readonly onChange: (options: ChannelOptions) => void
}

function OptionFields({ options, odd, mode, onChange }: OptionFieldsProps) {
  switch (options.pg) {
    case 'portone-v1':
      return <PortoneV1OptionFields options={options} onChange={onChange} />
    case 'portone-v2':
      return <PortoneV2OptionFields options={options} odd={odd} onChange={onChange} />
    case 'kicc':
      return <KiccOptionFields options={options} odd={odd} mode={mode} onChange={onChange} />
  }
}
