import { Kbd, Modal } from '@mantine/core'
import { useWords } from '../i18n'
import type { WordKey } from '../i18n/resources'
import styles from './frame.module.css'

const KEYS: readonly { readonly keys: readonly string[]; readonly word: WordKey<'frame'> }[] = [
  { keys: ['Ctrl', '1 – 9'], word: 'keys.screens' },
  { keys: ['Alt', '←'], word: 'keys.back' },
  { keys: ['?'], word: 'keys.help' },
  { keys: ['↑', '↓'], word: 'keys.move' },
  { keys: ['PageUp', 'PageDown'], word: 'keys.page' },
  { keys: ['Home', 'End'], word: 'keys.ends' },
  { keys: ['Enter'], word: 'keys.openRow' },
  { keys: ['Space'], word: 'keys.select' },
  { keys: ['Shift', '↑ ↓'], word: 'keys.selectRange' },
  { keys: ['F8'], word: 'keys.nextError' },
  { keys: ['Esc'], word: 'keys.close' },
  { keys: ['Ctrl', '+ − 0'], word: 'keys.zoom' },
]

/** What the keyboard can do. */
export function KeysHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const say = useWords('frame')
  const ui = useWords('ui')
  return (
    <Modal opened={opened} onClose={onClose} title={say('keys.title')} closeButtonProps={{ 'aria-label': ui('close') }}>
      <table className={styles.keys}>
        <tbody>
          {KEYS.map(({ keys, word }) => (
            <tr key={word}>
              <th scope="row">{say(word)}</th>
              <td>
                {keys.map((key) => (
                  <Kbd key={key} ml={4}>
                    {key}
                  </Kbd>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{say('keys.note')}</p>
    </Modal>
  )
}
