import { parseSync, Visitor } from 'vite'
import type { ESTree } from 'vite'

/** One source file, by its path from the project root with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** One import of any form. `typeOnly` ones leave no trace at run time. */
export interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
  /** `import * as x` or `import x`: the imported names cannot be seen. */
  readonly whole: boolean
}

/** What the walls ask of one file. */
export interface ReadSource {
  readonly path: string
  readonly lines: number
  readonly program: ESTree.Program
  readonly imports: readonly Import[]
  /** Names as code: variables, properties, JSX. */
  readonly names: ReadonlySet<string>
  /** Texts as code: string literals and template pieces. */
  readonly texts: readonly string[]
  /** Names of methods called on something, as in `something.prepare(...)`. */
  readonly methodCalls: ReadonlySet<string>
}

/** Parses a file; comments are not code and are left out of everything. */
export function readSource(file: SourceFile): ReadSource {
  const { program, errors } = parseSync(file.path, file.text)
  if (errors.length > 0) {
    throw new Error(`${file.path} cannot be parsed: ${errors[0]?.message ?? ''}`)
  }
  const imports: Import[] = []
  const names = new Set<string>()
  const texts: string[] = []
  const methodCalls = new Set<string>()

  new Visitor({
    ImportDeclaration(node) {
      const allTypes =
        node.specifiers.length > 0 &&
        node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type')
      imports.push({
        specifier: node.source.value,
        typeOnly: node.importKind === 'type' || allTypes,
        whole: node.specifiers.some((one) => one.type !== 'ImportSpecifier'),
      })
    },
    ExportNamedDeclaration(node) {
      if (node.source !== null) {
        imports.push({ specifier: node.source.value, typeOnly: node.exportKind === 'type', whole: false })
      }
    },
    ExportAllDeclaration(node) {
      imports.push({ specifier: node.source.value, typeOnly: node.exportKind === 'type', whole: true })
    },
    ImportExpression(node) {
      imports.push({ specifier: literalText(node.source), typeOnly: false, whole: true })
    },
    TSImportType(node) {
      imports.push({ specifier: node.source.value, typeOnly: true, whole: false })
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') {
        imports.push({ specifier: literalText(node.arguments[0]), typeOnly: false, whole: true })
      }
      if (node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier') {
        methodCalls.add(node.callee.property.name)
      }
    },
    NewExpression(node) {
      // `new URL('./other.ts', import.meta.url)` is how a worker's file is named: an import in all but name.
      const [first, second] = node.arguments
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && second?.type === 'MemberExpression') {
        imports.push({ specifier: literalText(first), typeOnly: false, whole: true })
      }
    },
    Identifier(node: { readonly name: string }) {
      names.add(node.name)
    },
    JSXIdentifier(node) {
      names.add(node.name)
    },
    Literal(node) {
      if (typeof node.value === 'string') {
        texts.push(node.value)
      }
    },
    TemplateElement(node) {
      texts.push(node.value.raw)
    },
  }).visit(program)

  const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0)
  return { path: file.path, lines, program, imports, names, texts, methodCalls }
}

// A name made at run time cannot be judged; this text matches no allowed import, so it is refused.
function literalText(node: ESTree.Node | undefined): string {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : '(made at run time)'
}
