/**
 * The texts in the source of server and engine, for the test that says which of their sentences have no Chinese form: what is
 * calculated in them stands as `{}`.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parseSync, type ESTree, Visitor } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '../../../../..')

/** Whose sentences the page shows. */
const SOURCES = [
  ...['hprof', 'heap', 'heap-node', 'intake', 'jvm-text'].map((name) => `packages/${name}/src`),
  'apps/server/src',
]

/** What these are given is for programmers, operators or the documentation of the API. */
const UNSEEN_CALLS = /^(?:describe|log|tell|print|info|warn|error|debug|trace|fatal|stringify|compile)$/
const UNSEEN_ERRORS = /^(?:Error|RangeError|TypeError|SettingError|SnapshotError|QueryFailedError)$/
const UNSEEN_KEYS = /^(?:summary|description)$/
/** So is what these say, or it is part of a text that is saved as a file. */
const UNSEEN_FILES = [
  /^apps\/server\/src\/(?:api-docs|api-examples|demo|env|housekeeping|listen|metrics|web)\.ts$/,
  /^apps\/server\/src\/(?:db|restore)\//,
  /^apps\/server\/src\/storage\/(?:data-directory|lock)\.ts$/,
  /\/(?:comparison-page|thread-dump|causes)\.ts$/,
]

export interface SourceText {
  /** `The file ends at byte {}.` */
  readonly text: string
  readonly file: string
  /** A sentence that a person may see. */
  readonly isSentence: boolean
}

export function sourceTexts(): SourceText[] {
  return SOURCES.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)(?:testing|test)\//.test(name))
      .flatMap((name) => textsOf(path.posix.join(folder, name))),
  )
}

function textsOf(file: string): SourceText[] {
  const { program } = parseSync(file, readFileSync(path.join(ROOT, file), 'utf8'))
  const found: SourceText[] = []
  const unseen: ESTree.Span[] = []
  const isSeen = (node: ESTree.Span) => !unseen.some(({ start, end }) => start <= node.start && node.end <= end)
  const hide = (node: ESTree.Span, name: string, names: RegExp) => {
    if (names.test(name)) unseen.push(node)
  }
  const take = (node: ESTree.Span, text: string) => {
    const isShown = isSeen(node) && !UNSEEN_FILES.some((pattern) => pattern.test(file))
    found.push({ text, file, isSentence: isShown && looksLikeSentence(text, file) })
  }
  // What is around a text is visited before it.
  new Visitor({
    CallExpression: (node) => hide(node, nameOf(node.callee), UNSEEN_CALLS),
    NewExpression: (node) => hide(node, nameOf(node.callee), UNSEEN_ERRORS),
    Property: (node) => hide(node, nameOf(node.key), UNSEEN_KEYS),
    Literal: (node) => {
      if (typeof node.value === 'string') take(node, node.value)
    },
    TemplateLiteral: (node) => take(node, node.quasis.map(({ value }) => value.cooked ?? '').join('{}')),
  }).visit(program)
  return found
}

function nameOf(node: ESTree.Node): string {
  if (node.type === 'Identifier') return node.name
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : ''
}

/** Several words, some of them ordinary ones. Routes say in half sentences what they are for; they answer in whole ones. */
function looksLikeSentence(text: string, file: string): boolean {
  const isWhole = !file.startsWith('apps/server/') || /[.:}]$/.test(text)
  return isWhole && /^[“A-Z{ ]/.test(text) && /[a-z]+ [a-z]+(?: |[.:}]?$)/.test(text)
}
