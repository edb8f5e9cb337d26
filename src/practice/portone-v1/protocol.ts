import type { PracticeProtocol, PracticeRequest, ProtocolDesk, WireAnswer } from '../protocol'
import { cancelPayment, noteOf } from './cancel'
import { failed, refused, type Answer } from './envelope'
import { createStatusList, findAll, findFirst } from './list'
import { createReader, lookUpMany, lookUpOne } from './lookup'
import { createTokenDesk } from './token'

/** PortOne V1. It owns every path that no other protocol claims, so that an unknown place gets its 404. */
export function createPortOneV1({ books, nowMs, scenario }: ProtocolDesk): PracticeProtocol {
  const tokens = createTokenDesk({ nowMs })
  const reader = createReader(books, nowMs, scenario)
  const statusList = createStatusList(books, reader, nowMs)

  function route({ method, url, fields, headers }: PracticeRequest): Answer {
    const parts = pathParts(url.pathname)
    if (parts === undefined) return failed(400, 'Bad Request')
    const [room, first = '', second, third] = parts
    if (method === 'POST' && room === 'users' && first === 'getToken' && parts.length === 2) return tokens.issue(fields)
    if (room !== 'payments' || parts.length > 4) return failed(404, 'Not Found')
    if (!tokens.accepts(headers.authorization)) return failed(401, 'Unauthorized')
    if (method === 'POST')
      return first === 'cancel' && parts.length === 2
        ? cancelPayment(books, fields, nowMs(), scenario())
        : failed(404, 'Not Found')
    if (method !== 'GET') return failed(404, 'Not Found')
    const query = url.searchParams
    // A status may be left out with or without its slash.
    const status = third === '' ? undefined : third
    if (first === '') return lookUpMany(reader, query)
    if (second === undefined) return lookUpOne(reader, first, query)
    switch (first) {
      case 'find':
        return findFirst(reader, second, status, query)
      case 'findAll':
        return findAll(reader, second, status, query)
      case 'status':
        return third === undefined ? statusList(second, query) : failed(404, 'Not Found')
      default:
        return failed(404, 'Not Found')
    }
  }

  return {
    owns: () => true,
    subjects,
    answer: (request) => wire(route(request)),
    note: ({ url, fields }) => (url.pathname === '/payments/cancel' ? { cancel: noteOf(fields) } : {}),
    failures: {
      unreadable: (status) =>
        wire(status === 413 ? failed(413, 'Payload Too Large') : failed(400, '요청 본문을 읽을 수 없습니다.')),
      unauthorized: () => wire(failed(401, 'Unauthorized')),
      refusal: (code = -1, message = '결제취소에 실패하였습니다. [PG 오류]') => wire(refused(message, Number(code))),
      ofAnother: (answer) => withContent(answer, withWrongImpUid(contentOf(answer))),
      emptied: (answer) => withContent(answer, null),
    },
  }
}

const wire = ({ status, code, message, response }: Answer): WireAnswer => ({
  status,
  code,
  body: { code, message, response },
})

const contentOf = ({ body }: WireAnswer): unknown =>
  typeof body === 'object' && body !== null && 'response' in body ? body.response : undefined

const withContent = (answer: WireAnswer, response: unknown): WireAnswer => ({
  ...answer,
  body: { ...(answer.body as object), response },
})

function withWrongImpUid(content: unknown): unknown {
  if (Array.isArray(content))
    return content.map((each, index) => (index === 0 ? withWrongImpUid(each) : (each as unknown)))
  return typeof content === 'object' && content !== null && 'imp_uid' in content
    ? { ...content, imp_uid: 'imp_000000000000' }
    : content
}

function pathParts(path: string): readonly string[] | undefined {
  try {
    return path.split('/').slice(1).map(decodeURIComponent)
  } catch {
    // A broken escape in the path is the client's mistake, told by a 400.
    return undefined
  }
}

function subjects({ url, fields }: PracticeRequest): readonly string[] {
  const inBody = fields['imp_uid']
  const inPath = /^\/payments\/([^/]+)$/.exec(url.pathname)?.[1]
  return [
    ...url.searchParams.getAll('imp_uid[]'),
    ...(typeof inBody === 'string' ? [inBody] : []),
    ...(inPath === undefined || inPath === 'cancel' ? [] : [inPath]),
  ]
}
