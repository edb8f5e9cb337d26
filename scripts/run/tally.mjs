/**
 * Counts the tests of vitest's and Playwright's JSON reports.
 * A test is `{ name, outcome: 'passed' | 'failed' | 'skipped', reason }`; `name` is "file > title > title".
 */
export function testsOfVitest(report, root) {
  return report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({
      name: [relative(file.name, root), ...test.ancestorTitles, test.title].join(' > '),
      outcome: vitestOutcome(test.status),
      reason: null,
    })),
  )
}

function vitestOutcome(status) {
  if (status === 'passed' || status === 'failed') {
    return status
  }
  // "pending", "todo" and "disabled" are all a test that did not run.
  return 'skipped'
}

function relative(file, root) {
  const forward = file.replaceAll('\\', '/')
  const prefix = `${root.replaceAll('\\', '/')}/`
  return forward.startsWith(prefix) ? forward.slice(prefix.length) : forward
}

export function testsOfPlaywright(report, testDir) {
  const tests = []
  const visit = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        tests.push({
          name: [`${testDir}/${spec.file}`, ...titles, spec.title].join(' > '),
          outcome: playwrightOutcome(test.status),
          reason: test.annotations.find((note) => note.type === 'skip' || note.type === 'fixme')?.description ?? null,
        })
      }
    }
    for (const inner of suite.suites ?? []) {
      visit(inner, [...titles, inner.title])
    }
  }
  // The outermost suite is the file, which each spec names itself.
  report.suites.forEach((file) => visit(file, []))
  return tests
}

function playwrightOutcome(status) {
  if (status === 'expected') {
    return 'passed'
  }
  return status === 'skipped' ? 'skipped' : 'failed'
}

/**
 * Judges the skips against the reasoned list, whose names are a test's or a whole group's: a skip that is not listed, an entry without a reason and an entry that
 * names no test are each a complaint.
 */
export function judgeSkips(tests, allowed) {
  const complaints = []
  for (const test of tests.filter(({ outcome }) => outcome === 'skipped')) {
    if (!allowed.some(({ name }) => names(name, test))) {
      complaints.push(`skipped without being listed in test/skips.json: ${test.name}`)
    }
  }
  for (const { name, reason } of allowed) {
    if (typeof reason !== 'string' || reason.trim() === '') {
      complaints.push(`listed in test/skips.json without a reason: ${name}`)
    }
    if (!tests.some((test) => names(name, test))) {
      complaints.push(`listed in test/skips.json but no such test: ${name}`)
    }
  }
  return complaints
}

function names(name, test) {
  return test.name === name || test.name.startsWith(`${name} > `)
}

/** The run's last line. */
export function closingLine(tests, otherFailures) {
  const count = (outcome) => tests.filter((test) => test.outcome === outcome).length
  return `${count('passed')} passed, ${count('failed') + otherFailures} failed, ${count('skipped')} skipped`
}
