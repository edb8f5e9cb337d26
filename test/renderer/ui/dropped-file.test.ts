import { describe, expect, it } from 'vitest'
import { FILE_BYTES_MAX } from '../../../src/contract/channels'
import { readDroppedFile } from '../../../src/renderer/ui/dropped-file'

describe('reading a dropped file', () => {
  it('gives name and bytes', async () => {
    const read = await readDroppedFile(new File([new Uint8Array([1, 2, 3])], '환불.csv'))
    expect(read).toEqual({ ok: true, value: { name: '환불.csv', bytes: new Uint8Array([1, 2, 3]) } })
  })

  it('refuses a file over the limit before reading a byte of it', async () => {
    let wasRead = false
    const huge = {
      name: 'huge.csv',
      size: FILE_BYTES_MAX + 1,
      arrayBuffer: () => {
        wasRead = true
        return Promise.resolve(new ArrayBuffer(0))
      },
    } as unknown as File
    const read = await readDroppedFile(huge)
    expect(read).toEqual({ ok: false, problem: { code: 'file-too-large', values: { megabytes: 51, max: 50 } } })
    expect(wasRead).toBe(false)
  })

  it('takes a file of exactly the limit', async () => {
    const greatest = { name: 'a.csv', size: FILE_BYTES_MAX, arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)) }
    expect(await readDroppedFile(greatest as unknown as File)).toMatchObject({ ok: true })
  })

  it('says so when what was dropped cannot be read, such as a folder', async () => {
    const folder = { name: 'folder', size: 4096, arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }
    expect(await readDroppedFile(folder as unknown as File)).toEqual({
      ok: false,
      problem: { code: 'file-wrong-kind' },
    })
  })
})
