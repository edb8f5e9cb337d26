import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { projectRoot } from './setup/project.mjs'

/**
 * Draws the program's icon: money on its way back, as an arrow that turns around on the accent colour. Lengths are parts
 * of the icon's edge. Run by hand after a change here; build/icon.png is kept with the source.
 */
const ground = [0x39, 0x49, 0xc8]
const sign = [0xff, 0xff, 0xff]
const corner = 0.22
const stroke = 0.062
const upper = 0.39
const lower = 0.69
const turnX = 0.6
const tipX = 0.2
const headLength = 0.21
const headHalf = 0.185
// Sub-pixels across and down: enough for smooth edges at 16 pixels.
const samples = 8

/** Distance to a line of round ends, from the point (x, y). */
function toLine(x, y, fromX, toX, atY) {
  return Math.hypot(x - Math.min(Math.max(x, fromX), toX), y - atY)
}

function isGround(x, y) {
  const dx = Math.max(Math.abs(x - 0.5) - (0.5 - corner), 0)
  const dy = Math.max(Math.abs(y - 0.5) - (0.5 - corner), 0)
  return Math.hypot(dx, dy) <= corner
}

function isSign(x, y) {
  const radius = (lower - upper) / 2
  const middle = (lower + upper) / 2
  const turn = x >= turnX ? Math.abs(Math.hypot(x - turnX, y - middle) - radius) : 1
  const along = Math.min(toLine(x, y, tipX + headLength, turnX, upper), toLine(x, y, 0.36, turnX, lower))
  const head = x >= tipX && x <= tipX + headLength && Math.abs(y - upper) <= ((x - tipX) / headLength) * headHalf
  return head || Math.min(turn, along) <= stroke
}

/** Pixels of the icon as PNG scan lines: RGBA, each line led by its filter byte. */
function scanLines(size) {
  const lines = Buffer.alloc(size * (size * 4 + 1))
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let covered = 0
      let signed = 0
      for (let one = 0; one < samples * samples; one += 1) {
        const x = (column + ((one % samples) + 0.5) / samples) / size
        const y = (row + (Math.floor(one / samples) + 0.5) / samples) / size
        if (!isGround(x, y)) {
          continue
        }
        covered += 1
        signed += isSign(x, y) ? 1 : 0
      }
      const at = row * (size * 4 + 1) + 1 + column * 4
      const share = covered === 0 ? 0 : signed / covered
      ground.forEach((value, channel) => {
        lines[at + channel] = Math.round(value + (sign[channel] - value) * share)
      })
      lines[at + 3] = Math.round((covered / (samples * samples)) * 255)
    }
  }
  return lines
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function png(size) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits a channel, colour with alpha, no interlacing.
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanLines(size), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const folder = path.join(projectRoot, 'build')
mkdirSync(folder, { recursive: true })
writeFileSync(path.join(folder, 'icon.png'), png(512))
