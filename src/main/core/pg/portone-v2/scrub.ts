import { createScrub } from '../scrub'
import { TRANSCRIPT_FIELDS } from './fields'

/** Makes what was said fit to keep, by the tables of `fields.ts`. */
export const scrub = createScrub(TRANSCRIPT_FIELDS)
