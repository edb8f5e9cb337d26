/** A value that a problem carries. */
export type SentenceValue = string | number

/**
 * Fills a problem's sentence. A problem may know fewer values than its sentence can show, so a part in square brackets
 * is left out unless all of its values are known.
 */
export function fillSentence(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence
    .replaceAll(/\[([^\]]*)\]/g, (_, part: string) => (placesIn(part).every((name) => name in values) ? part : ''))
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
    .trim()
}

/** Names of the places in a sentence, each once. */
export function placesIn(sentence: string): readonly string[] {
  return [...new Set([...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))]
}
