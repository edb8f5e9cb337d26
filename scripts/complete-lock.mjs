import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { missingOptionalPackages } from './setup/lock.mjs'
import { projectRoot } from './setup/project.mjs'

// Run by hand after a change of dependencies (`node scripts/complete-lock.mjs`), where npm could not see every platform.
const file = path.join(projectRoot, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = missingOptionalPackages(lock)
const packages = { ...lock.packages, ...added }
const sorted = Object.keys(packages).toSorted((a, b) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries(sorted.map((place) => [place, packages[place]]))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${Object.keys(added).length} packages of other platforms added`)
