import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { RefundDeskBridge } from '../../contract/bridge'
import type { Channel, ChannelInput, ChannelOutput } from '../../contract/channels'
import type { EventName, EventPayload, Topic } from '../../contract/events'
import type { RunState } from '../../contract/views'
import type { Problem } from '../../domain/problem'
import { kstDate } from '../../domain/time'

declare global {
  interface Window {
    readonly refundDesk: RefundDeskBridge
  }
}

/** Carries a problem of the core through promises; screens show it with `ProblemAlert`. */
class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** The problem of any thrown value: what is not a known problem is `unexpected`. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : { code: 'unexpected' }
}

/** Calls the core; throws a `ProblemError` for every expected trouble. */
export async function call<C extends Channel>(channel: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> {
  const result = await window.refundDesk.call[channel](input)
  if (!result.ok) throw new ProblemError(result.problem)
  return result.value
}

/** Reads of every screen. `networkMode: always`, since the core answers without a network. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        // A read is fresh until a `changed` event names one of its topics.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** During a run a `changed` event comes with every row; reading again five times a second is enough for an eye. */
const REREAD_EVERY_MS = 200
const MINUTE_MS = 60_000
/** After a slow reading the core has this many times as long for the run: reading must not be what it does most. */
const REREAD_REST = 4
const REREAD_REST_MS_MAX = 2_000

/** Reads again what a `changed` event names; answers the function that ends it. */
export function rereadOnChange(queries: QueryClient): () => void {
  const named = new Set<Topic>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let reading = false
  let restUntilMs = 0
  let ended = false
  const plan = (): void => {
    if (ended || reading || named.size === 0) return
    timer ??= setTimeout(() => void reread(), Math.max(REREAD_EVERY_MS, restUntilMs - performance.now()))
  }
  // One reading at a time: a second one would cancel the first, and under a steady run none would ever arrive.
  const reread = async (): Promise<void> => {
    timer = null
    reading = true
    const topics = [...named]
    named.clear()
    const startedAtMs = performance.now()
    await queries.invalidateQueries({
      predicate: (query) => topicsOf(query.meta).some((topic) => topics.includes(topic)),
    })
    const endedAtMs = performance.now()
    restUntilMs = endedAtMs + Math.min(REREAD_REST_MS_MAX, (endedAtMs - startedAtMs) * REREAD_REST)
    reading = false
    plan()
  }
  // What is overdue, and what was today, follows from the day alone: no event tells of midnight.
  let today = kstDate(Date.now())
  const midnight = setInterval(() => {
    const now = kstDate(Date.now())
    if (now !== today) void queries.invalidateQueries()
    today = now
  }, MINUTE_MS)
  const stop = window.refundDesk.on.changed(({ topics }) => {
    for (const topic of topics) named.add(topic)
    plan()
  })
  return () => {
    ended = true
    stop()
    clearInterval(midnight)
    if (timer !== null) clearTimeout(timer)
  }
}

function topicsOf(meta: Record<string, unknown> | undefined): readonly Topic[] {
  return Array.isArray(meta?.['topics']) ? (meta['topics'] as readonly Topic[]) : []
}

interface ReadOptions {
  /** The read is repeated when a `changed` event names one of these. */
  readonly topics: readonly Topic[]
  readonly enabled?: boolean
  /**
   * Keeps the last answer on screen while another input is read: for lists. Never for one payment, row or case, whose
   * figures must not stand under another's name even for a moment.
   */
  readonly keepPrevious?: boolean
}

/** Reads a channel: query key `[channel, input]`; while the same input is read again, its data stays on screen. */
export function useRead<C extends Channel>(
  channel: C,
  input: ChannelInput<C>,
  { topics, enabled = true, keepPrevious = false }: ReadOptions,
): UseQueryResult<ChannelOutput<C>> {
  return useQuery<ChannelOutput<C>>({
    queryKey: [channel, input],
    queryFn: () => call(channel, input),
    meta: { topics },
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

export interface Act<C extends Channel> {
  /** Starts the act; the answer arrives at `onDone` and in `done`. */
  readonly act: (input: ChannelInput<C>) => void
  readonly busy: boolean
  /** Null as well when the person cancelled: that is no trouble. */
  readonly problem: Problem | null
  readonly done: ChannelOutput<C> | null
  /** Forgets problem and answer. */
  readonly clear: () => void
}

interface ActOptions<C extends Channel> {
  readonly onDone?: (output: ChannelOutput<C>, input: ChannelInput<C>) => void
}

/** Does something over a channel. What changed is told by `changed` events, not by the caller. */
export function useAct<C extends Channel>(channel: C, { onDone }: ActOptions<C> = {}): Act<C> {
  const mutation = useMutation<ChannelOutput<C>, unknown, ChannelInput<C>>({
    mutationFn: (input) => call(channel, input),
    ...(onDone === undefined ? {} : { onSuccess: onDone }),
  })
  const problem = mutation.error === null ? null : problemOf(mutation.error)
  return {
    act: mutation.mutate,
    busy: mutation.isPending,
    problem: problem?.code === 'cancelled' ? null : problem,
    done: mutation.data ?? null,
    clear: mutation.reset,
  }
}

/** Calls the listener for every event of this name while the component is shown. */
function useListen<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => window.refundDesk.on[name]((payload: EventPayload<E>) => latest.current(payload)), [name])
}

/** The runner's state, kept fresh by its events; null until the first answer. */
export function useRun(): RunState | null {
  const queries = useQueryClient()
  useListen('run', (state) => queries.setQueryData(['run.state', {}], state))
  useListen('connection', (connection) =>
    queries.setQueryData<RunState>(['run.state', {}], (state) =>
      state === undefined ? state : { ...state, connection },
    ),
  )
  // A batch that is approved or taken back changes what is in its hold.
  return useRead('run.state', {}, { topics: ['run', 'batches'] }).data ?? null
}

type Task = EventPayload<'task'>

/** The task of this kind under way, null when there is none. */
export function useTask(kind: Task['kind']): Task | null {
  const [task, setTask] = useState<Task | null>(null)
  useListen('task', (next) => {
    if (next.kind === kind) setTask(next.ended ? null : next)
  })
  return task
}
