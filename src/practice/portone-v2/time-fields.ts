/** "Ninety days before the end where no start is given." */
export const WINDOW_MS_DEFAULT = 90 * 24 * 60 * 60 * 1000

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

/** An instant with its zone, its default where it is missing, or NaN. */
export function instantField(value: unknown, missingMs: number): number {
  if (value === undefined || value === null) return missingMs
  return typeof value === 'string' && DATE_TIME.test(value) ? Date.parse(value) : Number.NaN
}
