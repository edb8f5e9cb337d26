import { Visitor } from 'vite'
import type { ESTree } from 'vite'
import type { ReadSource } from './source-file'

/** The Electron security checklist as far as it can be read from the source: no window may be opened without these. */
const required: Readonly<Record<string, boolean>> = { sandbox: true, contextIsolation: true, nodeIntegration: false }

const windowMakers = new Set(['BrowserWindow', 'BrowserView', 'WebContentsView'])

// Never written down at all, not even with their harmless value.
const forbiddenOptions = new Set([
  'webSecurity',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'enableBlinkFeatures',
  'allowpopups',
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'webviewTag',
  'rejectUnauthorized',
])
// Asking whether a switch is set is fine; setting it, or handing it to another process, is not.
const forbiddenSwitch = /^(no-sandbox|disable-web-security|ignore-certificate-errors|remote-debugging-port)\b/
const forbiddenArgument = /^--(no-sandbox|disable-web-security|ignore-certificate-errors|remote-debugging-port)\b/

/** Sentences on settings that would open the page's cage; none when all is well. */
export function settingViolations(source: ReadSource): string[] {
  const found: string[] = []
  const constants = topLevelObjects(source.program)

  new Visitor({
    NewExpression(node) {
      const name = calleeName(node.callee)
      if (name !== null && windowMakers.has(name)) {
        found.push(...windowViolations(name, node.arguments[0], constants))
      }
    },
    CallExpression(node) {
      const [first] = node.arguments
      const sets = calleeName(node.callee) === 'appendSwitch' && first?.type === 'Literal'
      if (sets && typeof first.value === 'string' && forbiddenSwitch.test(first.value)) {
        found.push(`the switch ${first.value} must not be set by the program`)
      }
    },
    Property(node) {
      const key = keyName(node)
      if (key !== null && forbiddenOptions.has(key)) {
        found.push(`${key} must not be set`)
      }
    },
    JSXOpeningElement(node) {
      if (node.name.type === 'JSXIdentifier' && node.name.name === 'webview') {
        found.push('there is no webview in this program')
      }
    },
  }).visit(source.program)

  for (const text of source.texts) {
    if (forbiddenArgument.test(text)) {
      found.push(`the argument ${text} must not be passed by the program`)
    }
  }
  return found.map((what) => `${source.path}: ${what}`)
}

function windowViolations(
  maker: string,
  options: ESTree.Node | undefined,
  constants: ReadonlyMap<string, ESTree.ObjectExpression>,
): string[] {
  // An unreadable part before `webPreferences` does no harm, since the later key wins; inside of it, anything may hide.
  const preferences = entriesOf(options, constants, 'forget')?.get('webPreferences')
  const values = entriesOf(preferences, constants, 'refuse')
  if (values === null) {
    return [`new ${maker}: its webPreferences must be written out where they can be read`]
  }
  return Object.entries(required)
    .filter(([key, wanted]) => {
      const value = values.get(key)
      return value?.type !== 'Literal' || value.value !== wanted
    })
    .map(([key, wanted]) => `new ${maker}: ${key} must be ${wanted}`)
}

/** The keys of an object that is written out, or of a constant of the same file; `null` where it cannot be read. */
function entriesOf(
  node: ESTree.Node | undefined,
  constants: ReadonlyMap<string, ESTree.ObjectExpression>,
  atUnreadable: 'forget' | 'refuse',
): Map<string, ESTree.Node> | null {
  const object = node?.type === 'Identifier' ? constants.get(node.name) : node
  if (object?.type !== 'ObjectExpression') {
    return null
  }
  const entries = new Map<string, ESTree.Node>()
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') {
      const inner = entriesOf(property.argument, constants, atUnreadable)
      if (inner === null && atUnreadable === 'refuse') {
        return null
      }
      if (inner === null) {
        entries.clear()
      }
      inner?.forEach((value, key) => entries.set(key, value))
      continue
    }
    const key = keyName(property)
    if (key === null) {
      return null
    }
    entries.set(key, property.value)
  }
  return entries
}

function topLevelObjects(program: ESTree.Program): Map<string, ESTree.ObjectExpression> {
  const objects = new Map<string, ESTree.ObjectExpression>()
  for (const statement of program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') {
      continue
    }
    for (const { id, init } of declared.declarations) {
      const value = init?.type === 'TSAsExpression' || init?.type === 'TSSatisfiesExpression' ? init.expression : init
      if (id.type === 'Identifier' && value?.type === 'ObjectExpression') {
        objects.set(id.name, value)
      }
    }
  }
  return objects
}

function calleeName(callee: ESTree.Node): string | null {
  if (callee.type === 'Identifier') {
    return callee.name
  }
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : null
}

function keyName(
  property: ESTree.ObjectProperty | { readonly key: ESTree.Node; readonly computed: boolean },
): string | null {
  const { key } = property
  if (key.type === 'Literal' && typeof key.value === 'string') {
    return key.value
  }
  return key.type === 'Identifier' && !property.computed ? key.name : null
}
