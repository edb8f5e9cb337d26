import type { NamedBytes } from '../../core/port'
import { fail, ok, type Answer } from '../answer'
import { readChosenFile, saveChosenFile } from '../chosen-file'
import type { SampleFile } from '../practice-shop'
import type { Desk, ShellHandlers } from './desk'

type FileHandlers = Pick<
  ShellHandlers,
  | 'import.chooseFile'
  | 'import.dropFile'
  | 'import.sampleFile'
  | 'books.chooseFile'
  | 'books.dropFile'
  | 'books.sampleFile'
  | 'notices.chooseFile'
  | 'notices.dropFile'
  | 'notices.sampleFile'
  | 'notices.paste'
  | 'export.result'
  | 'export.failedRows'
  | 'export.template'
>

/** Files in and out. The page names no path: it hears names, and main opens its own dialogs. */
export function fileHandlers(desk: Desk): FileHandlers {
  const importRefunds = (file: NamedBytes) =>
    desk.core.command('shell.importFile', { session: desk.session.id(), file })
  const importBooks = (file: NamedBytes) => desk.core.command('shell.importBooks', { session: desk.session.id(), file })

  const importNotices = (file: NamedBytes) =>
    desk.core.command('shell.importNotices', { session: desk.session.id(), file })

  return {
    'import.chooseFile': async () => then(await choose(desk, 'refunds'), importRefunds),
    'import.dropFile': (file) => importRefunds(file),
    'import.sampleFile': async ({ which }) => then(await sample(desk, which), importRefunds),

    'books.chooseFile': async () => then(await choose(desk, 'books'), importBooks),
    'books.dropFile': (file) => importBooks(file),
    'books.sampleFile': async () => then(await sample(desk, 'books'), importBooks),

    'notices.chooseFile': async () => then(await choose(desk, 'notices'), importNotices),
    'notices.dropFile': (file) => importNotices(file),
    'notices.sampleFile': async () => then(await practiceNotices(desk), importNotices),
    'notices.paste': ({ text }) => importNotices({ name: '', bytes: new TextEncoder().encode(text) }),

    'export.result': async ({ batchId }) =>
      then(await desk.core.command('shell.resultFile', { session: desk.session.id(), batchId }), (file) =>
        save(desk, file),
      ),
    'export.failedRows': async ({ batchId, reason }) =>
      then(await desk.core.command('shell.failedRowsFile', { session: desk.session.id(), batchId, reason }), (file) =>
        save(desk, file),
      ),
    'export.template': async ({ which }) =>
      then(await desk.core.command('shell.templateFile', { session: desk.session.id(), which }), (file) =>
        save(desk, file),
      ),
  }
}

async function then<A, B>(answer: Answer<A>, next: (value: A) => Promise<Answer<B>>): Promise<Answer<B>> {
  return answer.ok ? next(answer.value) : answer
}

async function choose(desk: Desk, what: 'refunds' | 'books' | 'notices'): Promise<Answer<NamedBytes>> {
  const path = await desk.dialogs.chooseFile(what)
  return path === null ? fail('cancelled') : readChosenFile(path)
}

async function sample(desk: Desk, which: SampleFile): Promise<Answer<NamedBytes>> {
  if (desk.mode !== 'practice' || desk.practicePg === null) return fail('not-in-this-mode')
  return then(await desk.practicePg.sampleFile(which), (path) => readChosenFile(path))
}

async function practiceNotices(desk: Desk): Promise<Answer<NamedBytes>> {
  if (desk.mode !== 'practice' || desk.practicePg === null) return fail('not-in-this-mode')
  return then(await desk.practicePg.noticesFile(), (path) => readChosenFile(path))
}

async function save(
  desk: Desk,
  file: NamedBytes & { readonly rows: number },
): Promise<Answer<{ fileName: string; rows: number }>> {
  const path = await desk.dialogs.chooseTarget(file.name)
  if (path === null) return fail('cancelled')
  const saved = saveChosenFile(path, file.bytes)
  return saved.ok ? ok({ fileName: saved.value.fileName, rows: file.rows }) : saved
}
