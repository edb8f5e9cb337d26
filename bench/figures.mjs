/** One line of the bench: figures of pairs that ran in turn, and whether the goal holds for the median of their ratios. */
export function summary({ id, what, unit, goal, atLeast = false, digits = 0 }, pairs) {
  const ratios = pairs.map((pair) => pair.ours / pair.peer)
  const ratio = median(ratios)
  return {
    id,
    what,
    ours: rounded(median(pairs.map((pair) => pair.ours)), digits),
    peer: rounded(median(pairs.map((pair) => pair.peer)), digits),
    ratio: rounded(ratio, 2),
    goal: atLeast ? `at least ${goal}` : `at most ${goal}`,
    unit,
    holds: atLeast ? ratio >= goal : ratio <= goal,
    spread: `${rounded(Math.min(...ratios), 2)} to ${rounded(Math.max(...ratios), 2)} over ${pairs.length} pairs`,
  }
}

const rounded = (value, digits) => Number(value.toFixed(digits))

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2
}
