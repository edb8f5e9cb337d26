import * as v from 'valibot'
import { ConnectionSchema, RunStateSchema } from './views'

/** Pushed to the page. `changed` names what to read again. */
export const TOPICS = [
  'app',
  'home',
  'drafts',
  'batches',
  'rows',
  'run',
  'drift',
  'payments',
  'audit',
  'settings',
] as const
export type Topic = (typeof TOPICS)[number]

export const EVENTS = {
  changed: v.object({ topics: v.array(v.picklist(TOPICS)) }),
  run: RunStateSchema,
  connection: ConnectionSchema,
  /** Progress of a long task; `ended` closes it. */
  task: v.object({
    taskId: v.string(),
    kind: v.picklist(['import', 'check', 'sync', 'books', 'notices', 'export', 'look']),
    done: v.number(),
    all: v.number(),
    startedAtMs: v.number(),
    ended: v.boolean(),
  }),
} as const satisfies Record<string, v.GenericSchema>

export type EventName = keyof typeof EVENTS
export type EventPayload<E extends EventName> = v.InferOutput<(typeof EVENTS)[E]>
