/** The rules about single files: who imports whom, and what only one place may touch. */
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import type { SourceFile } from './source-files.ts'
import { isBarrel } from './source-files.ts'
import { ALLOWED, ALLOWED_IN_FOLDER, FILE_SYSTEM_EXCEPTIONS, ISOMORPHIC } from './workspaces.ts'

export interface Violation {
  readonly path: string
  readonly message: string
}

type Rule = (file: SourceFile, root: string) => string[]

const OURS = '@heaptrail/'

/** `@heaptrail/heap/query/paths` → `heap`. */
export function packageOf(specifier: string): string | undefined {
  return specifier.startsWith(OURS) ? specifier.slice(OURS.length).split('/')[0] : undefined
}

const importsAllowedPackages: Rule = (file) => {
  const folder = Object.keys(ALLOWED_IN_FOLDER).find((name) => file.path.startsWith(`${name}/`))
  const allowed = [
    ...(ALLOWED[file.workspace] ?? []),
    ...(folder === undefined ? [] : (ALLOWED_IN_FOLDER[folder] ?? [])),
  ]
  return file.imports.flatMap((specifier) => {
    const name = packageOf(specifier)
    if (name === undefined || `packages/${name}` === file.workspace) return []
    if (['server', 'web', 'cli', 'e2e'].includes(name)) return [`imports the app ${specifier}: nothing imports an app`]
    if (file.test || allowed.includes(name)) return []
    if (name === 'fixtures') return [`imports ${specifier}: fixtures are for tests only`]
    return [`imports ${specifier}: ${file.workspace} may import only ${allowed.join(', ') || 'nothing of ours'}`]
  })
}

const leavesTestsAlone: Rule = (file) => {
  if (file.test) return []
  return file.imports
    .filter((specifier) => /\/testing\/|\.test(\.tsx?)?$/.test(specifier))
    .map((specifier) => `imports ${specifier}: what is for tests only`)
}

const staysInItsWorkspace: Rule = (file) => {
  if (file.workspace === 'scripts') return []
  return file.imports
    .filter((specifier) => specifier.startsWith('.'))
    .filter((specifier) => !posix.join(posix.dirname(file.path), specifier).startsWith(`${file.workspace}/`))
    .map((specifier) => `imports ${specifier}, outside of ${file.workspace}: import packages by name`)
}

const usesDeclaredDependencies: Rule = (file, root) => {
  const manifestPath = `${root}/${file.workspace}/package.json`
  if (!existsSync(manifestPath)) return []
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, Record<string, string> | undefined>
  const declared = new Set(
    Object.keys({
      ...manifest.dependencies,
      ...((file.test || !file.path.includes('/src/')) && manifest.devDependencies),
    }),
  )
  return file.imports.flatMap((specifier) => {
    if (/^(\.|node:|virtual:|\/)/.test(specifier)) return []
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/')
    if (declared.has(name) || `packages/${packageOf(specifier)}` === file.workspace) return []
    return [
      `imports ${name}, which ${file.workspace}/package.json does not declare${file.test ? '' : ' under dependencies'}`,
    ]
  })
}

const isomorphicSourceAvoidsNode: Rule = (file) => {
  if (file.test || !ISOMORPHIC.includes(file.workspace)) return []
  const problems = file.imports
    .filter((specifier) => specifier.startsWith('node:'))
    .map((specifier) => `imports ${specifier}`)
  if (/(?<![\w.$'"`])(Buffer\.|process\.)/.test(withoutComments(file.text))) problems.push('uses a global of Node')
  return problems.map((problem) => `${problem}: ${file.workspace} also runs in browsers`)
}

const featuresKeepApart: Rule = (file) => {
  const feature = featureOf(file.path)
  if (feature === undefined) return []
  return file.imports.flatMap((specifier) => {
    const other = featureOf(posix.join(posix.dirname(file.path), specifier))
    if (!specifier.startsWith('.') || other === undefined || other === feature) return []
    return [`imports ${specifier}: features of the UI never import each other`]
  })
}

function featureOf(path: string): string | undefined {
  return /^apps\/web\/src\/features\/([^/]+)/.exec(path)?.[1]
}

const ENVIRONMENT =
  /\bprocess\??\.env\b|\bimport\.meta\.env\b|\bprocess\[|\benv\b[^=;]*\}\s*=\s*process\b|['"]node:process['"]/

const onlyEnvReadsEnvironment: Rule = (file) => {
  if (file.test || !/^(apps|packages)\//.test(file.path) || !file.path.includes('/src/')) return []
  if (/^apps\/[^/]+\/src\/env\.ts$/.test(file.path)) return []
  if (!ENVIRONMENT.test(withoutComments(file.text))) return []
  return ["reads the environment: only an app's env.ts does"]
}

const onlyStorageTouchesFiles: Rule = (file) => {
  if (file.test || file.workspace !== 'apps/server' || file.path.startsWith('apps/server/src/storage/')) return []
  if (FILE_SYSTEM_EXCEPTIONS[file.path] !== undefined) return []
  return file.imports
    .filter((specifier) => /^(node:)?fs(\/|$)/.test(specifier))
    .map(
      (specifier) =>
        `imports ${specifier}: in the server only storage/ touches files (exceptions: scripts/imports/workspaces.ts)`,
    )
}

const BROWSER_HISTORY =
  /\b(?:window|globalThis|document|self)\.(?:history|location)\b|(?<![\w.$'"`/])(?:history|location)\.(?:pushState|replaceState|back|forward|go|assign|replace|reload|href|search|hash|pathname|origin|host)\b/

/** What the router exports navigates, but for the element that the page hangs in. */
const NAVIGATION = /import\s*\{(?!\s*RouterProvider\s*\})[^}]*\}\s*from\s*['"]@tanstack\/react-router['"]/

const onlyUrlTouchesHistory: Rule = (file) => {
  if (file.test || !file.path.startsWith('apps/web/src/') || file.path.startsWith('apps/web/src/url/')) return []
  const text = withoutComments(file.text)
  if (!BROWSER_HISTORY.test(text) && !NAVIGATION.test(text)) return []
  return ["touches the browser's history or location: only apps/web/src/url does"]
}

/** Names of the fixtures' own classes and packages; product source that knows one would be made to fit the tests. */
const FIXTURE_NAMES = /\b(?:demo|scen)\.(?:[a-z]+\.)*[A-Z]\w*|\bdemo\.(?:redis|push)\b|\bHeapFiller\b/

const knowsNoFixtures: Rule = (file) => {
  if (file.test || !file.path.includes('/src/')) return []
  const match = FIXTURE_NAMES.exec(file.text)
  return match === null ? [] : [`names a class or package of the fixtures (${match[0]})`]
}

const VAGUE = /\/(utils?|common|helpers?|types|services)(\/|\.tsx?$)/

const hasAName: Rule = (file) => {
  const problems: string[] = []
  if (VAGUE.test(file.path)) problems.push('has a name that does not say what is inside')
  if (isBarrel(file.text)) problems.push('is a barrel file: import from where things are declared')
  return problems
}

const RULES: readonly Rule[] = [
  importsAllowedPackages,
  leavesTestsAlone,
  staysInItsWorkspace,
  usesDeclaredDependencies,
  isomorphicSourceAvoidsNode,
  featuresKeepApart,
  onlyEnvReadsEnvironment,
  onlyStorageTouchesFiles,
  onlyUrlTouchesHistory,
  knowsNoFixtures,
  hasAName,
]

export function checkFile(file: SourceFile, root: string): Violation[] {
  return RULES.flatMap((rule) => rule(file, root).map((message) => ({ path: file.path, message })))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
