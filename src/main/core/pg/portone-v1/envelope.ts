import { parseWith } from '../answers'
import { parseJson } from '../json-text'
import { EnvelopeSchema, type Envelope } from './schemas'

/** The envelope of an answer, null for HTML, broken or doubtful JSON and anything else. */
export function envelopeOf(text: string): Envelope | null {
  const json = parseJson(text)
  return json.ok ? parseWith(EnvelopeSchema, json.value) : null
}
