import type { ChannelInput } from '../../../contract/channels'
import type { AuditEntry } from '../../../contract/audit'
import type { Problem } from '../../../domain/problem'
import { ok, type Result } from '../../../domain/result'
import type { AuditLineView } from '../audit/audit'
import type { CoreContext } from '../context'
import { subjectName } from '../ledger/subject-names'

type About = AuditEntry['about']['kind']

/** What a line is about, by the first word of its action. */
const ABOUT: Readonly<Record<string, About>> = {
  batch: 'batch',
  approval: 'batch',
  export: 'batch',
  row: 'row',
  attempt: 'attempt',
  drift: 'drift',
  file: 'file',
  draft: 'file',
  books: 'file',
  channel: 'channel',
  rule: 'channel',
  followup: 'row',
  notices: 'notices',
  person: 'person',
  pin: 'person',
  session: 'person',
  sync: 'payments',
  run: 'run',
  ledger: 'ledger',
  holiday: 'holiday',
}

/** Lines of the record, newest first, with the names of the people and of what each line is about. */
export function showAudit(
  context: CoreContext,
  input: ChannelInput<'audit.list'>,
): Result<{ total: number; rows: AuditEntry[] }, Problem> {
  const { ledger } = context
  const people = new Map(context.people.list().map((person) => [String(person.personId), person.name]))
  return ledger.read(() => {
    const { total, lines } = ledger.audit.list(input.offset, input.limit)
    const rows = lines.map((line) => ({
      ...line,
      who: people.get(line.who) ?? line.who,
      about: aboutOf(context, line),
    }))
    return ok({ total, rows })
  })
}

/** Nothing is guessed of an action that this version does not write. */
function aboutOf({ ledger }: CoreContext, { action, subject }: AuditLineView): AuditEntry['about'] {
  const kind = ABOUT[/^[a-z]+/.exec(action)?.[0] ?? ''] ?? 'other'
  switch (kind) {
    case 'batch':
    case 'row':
    case 'attempt':
    case 'drift':
    case 'person':
    case 'channel':
      return { kind, name: subjectName(ledger, kind, subject) }
    case 'holiday':
      return { kind, name: subject }
    default:
      return { kind, name: null }
  }
}
