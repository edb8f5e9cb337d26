import { dialog, type MessageBoxOptions } from 'electron'
import type { ProblemCode } from './answer'
import type { Windows } from './windows'
import { stoppedBy, type Question, type Statement, type Words } from './words'

/** Dialogs that the operating system draws. Paths they answer never leave the main process. */
export interface Dialogs {
  /** Path of the file that the person chose, null when they closed the dialog. */
  readonly chooseFile: (what: 'refunds' | 'books' | 'notices') => Promise<string | null>
  /** Where to save, null when the person closed the dialog. */
  readonly chooseTarget: (suggestedName: string) => Promise<string | null>
  /** True when the person chose `yes`; a closed dialog is `no`. */
  readonly asks: (question: (words: Words) => Question) => Promise<boolean>
  readonly states: (statement: (words: Words) => Statement) => Promise<void>
  readonly statesStop: (code: ProblemCode) => Promise<void>
}

/** The last word when the program could not even begin: it needs no window, and waits for the person. */
export function stateFatal(words: Words): void {
  dialog.showErrorBox(words.stopped.other.message, words.stopped.other.detail)
}

const TABLE_EXTENSIONS = ['csv', 'tsv', 'txt']
const LOG_EXTENSIONS = ['jsonl', 'json', 'log', 'txt', 'csv']
const NO = 0
const YES = 1

export function createDialogs(windows: Windows, words: () => Words): Dialogs {
  const show = async (options: MessageBoxOptions): Promise<number> => {
    const main = windows.main()
    const shown = main === null ? dialog.showMessageBox(options) : dialog.showMessageBox(main, options)
    return (await shown).response
  }
  const states: Dialogs['states'] = async (statement) => {
    await show({ type: 'error', title: words().title, buttons: [words().close], ...statement(words()) })
  }
  return {
    chooseFile: async (what) => {
      const { files } = words()
      const options = {
        title: { refunds: files.chooseRefunds, books: files.chooseBooks, notices: files.chooseNotices }[what],
        properties: ['openFile' as const],
        filters: [
          what === 'notices'
            ? { name: files.logs, extensions: LOG_EXTENSIONS }
            : { name: files.tables, extensions: TABLE_EXTENSIONS },
          { name: files.all, extensions: ['*'] },
        ],
      }
      const main = windows.main()
      const chosen = await (main === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(main, options))
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
    },
    chooseTarget: async (suggestedName) => {
      const { files } = words()
      const options = {
        title: files.save,
        defaultPath: suggestedName,
        filters: [{ name: files.tables, extensions: TABLE_EXTENSIONS }],
      }
      const main = windows.main()
      const chosen = await (main === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(main, options))
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath
    },
    asks: async (question) => {
      const { yes, no, usual, message, detail } = question(words())
      const texts = { title: words().title, message, detail, buttons: [no, yes] }
      const answer = await show({
        ...texts,
        type: 'question',
        defaultId: usual === 'yes' ? YES : NO,
        cancelId: NO,
        noLink: true,
      })
      return answer === YES
    },
    states,
    statesStop: (code) => states((current) => stoppedBy(current, code)),
  }
}
