import * as v from 'valibot'
import { KstDateSchema } from '../domain/time'

const text = v.pipe(v.string(), v.maxLength(200))
const year = v.pipe(v.number(), v.integer(), v.minValue(0))

/** The days on which banks are closed, from last year on, with what people changed. */
export const HolidaysViewSchema = v.object({
  /** Of the bundled table: the version of its source and the day on which that was published. */
  version: text,
  publishedOn: KstDateSchema,
  firstYear: year,
  lastYear: year,
  missingYear: v.nullable(year),
  thisYear: year,
  years: v.array(
    v.object({
      year,
      /** Whether the table has this year at all. */
      bundled: v.boolean(),
      days: v.array(
        v.object({
          day: KstDateSchema,
          name: text,
          weekend: v.boolean(),
          kind: v.picklist(['bundled', 'added', 'struck']),
          by: v.nullable(text),
          atMs: v.nullable(v.pipe(v.number(), v.integer())),
        }),
      ),
    }),
  ),
})
export type HolidaysView = v.InferOutput<typeof HolidaysViewSchema>
