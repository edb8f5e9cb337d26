/**
 * Position of the first row that stands after this line in a list sorted by line; `count` where none does. Reads one
 * row at a time and halves what is left, so that a list of 100,000 errors costs 17 short reads.
 */
export async function firstAfterLine(
  line: number,
  count: number,
  lineAt: (index: number) => Promise<number>,
): Promise<number> {
  let low = 0
  let high = count
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    // Each read decides where the next one is.
    // oxlint-disable-next-line no-await-in-loop
    if ((await lineAt(middle)) > line) high = middle
    else low = middle + 1
  }
  return low
}
