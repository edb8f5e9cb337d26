import type { words as ko } from '../ko/sign-in'
import type { EnglishOf } from '../shape'

export const words: EnglishOf<typeof ko> = {
  tagline: 'Checks refund files, has two people approve them, and compares the result with the PG.',
  verb: 'Sign in',
  waiting: 'Please go on in the sign-in window.',
  'practice.title': 'Practice mode',
  'practice.text':
    'This uses a practice shop and a practice PG inside this computer. No real money moves, and the PINs of the practice people are shown in the sign-in window.',
  'sandbox.title': 'Sandbox',
  'sandbox.text': 'This connects to a test PG. No real money moves.',
  'first.title': 'Register the first people',
  'first.text': 'Sending money takes two people. Register the one who submits and the one who approves, in turn.',
  'first.maker': '1. Who submits (maker, administrator)',
  'first.makerText': 'Imports files, submits batches and looks after the settings.',
  'first.checker': '2. Who approves (checker)',
  'first.checkerText': 'Looks at the content and approves. Whoever submitted cannot approve.',
  'first.add': 'Register',
  'first.signInNeeded': 'After signing in as the maker, register a checker in Settings under People.',
}
