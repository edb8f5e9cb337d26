import { createScrub } from '../scrub'
import { TRANSCRIPT_FIELDS } from './fields'

export const scrub = createScrub(TRANSCRIPT_FIELDS)
