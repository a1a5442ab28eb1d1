/** People who look around in one heap and one log: each asks the next thing when the last answer is read. */
import { expect, send } from './requests.ts'

export interface Evidence {
  readonly url: string
  /** Ids of the heap dump and the log. */
  readonly dump: string
  readonly log: string
}

/** Milliseconds of the answers by kind of question, and what was no answer. */
export interface Seen {
  readonly times: Map<string, number[]>
  readonly errors: string[]
}

interface Question {
  readonly kind: string
  readonly path: string
}

const PAGE = 'offset=0&limit=100'
/** Objects to ask about, of all sizes. */
const LEVELS = 4
const OF_EACH_LEVEL = 40

/** Walks down the dominator tree for objects to ask about. */
export async function findObjects({ url, dump }: Evidence): Promise<string[]> {
  const found: string[] = []
  let parents = ['']
  for (let level = 0; level < LEVELS; level++) {
    const children: string[] = []
    for (const parent of parents.slice(0, 10)) {
      const of = parent === '' ? '' : `&parent=${parent}`
      const { text } = await expect(200, `${url}/api/artifacts/${dump}/heap/dominators?${PAGE}${of}`)
      children.push(...(JSON.parse(text) as { rows: { id: string }[] }).rows.map(({ id }) => id))
    }
    found.push(...children.slice(0, OF_EACH_LEVEL))
    parents = children.filter((_, index) => index % 7 === 0)
  }
  return found
}

/** Looks around until told to stop, with a pause of `thinkMs` on average between questions. */
export async function look(
  evidence: Evidence,
  objects: readonly string[],
  thinkMs: number,
  seen: Seen,
  until: () => boolean,
): Promise<void> {
  while (!until()) {
    const { kind, path } = nextQuestion(evidence, objects)
    const begun = performance.now()
    await send(evidence.url + path).then(
      ({ status, text }) => {
        if (status !== 200) return void seen.errors.push(`${kind}: ${status} ${text.slice(0, 200)}`)
        const times = seen.times.get(kind) ?? []
        times.push(performance.now() - begun)
        seen.times.set(kind, times)
      },
      (error: Error) => void seen.errors.push(`${kind}: ${error.message}`),
    )
    if (thinkMs > 0) await new Promise((wake) => setTimeout(wake, Math.random() * 2 * thinkMs))
  }
}

function nextQuestion({ dump, log }: Evidence, objects: readonly string[]): Question {
  const heap = `/api/artifacts/${dump}/heap`
  const object = objects[Math.floor(Math.random() * objects.length)] ?? ''
  const questions: Question[] = [
    { kind: 'histogram', path: `${heap}/histogram?sort=retained&${PAGE}` },
    { kind: 'histogram, filtered', path: `${heap}/histogram?filter=java.util&${PAGE}` },
    { kind: 'dominator children', path: `${heap}/dominators?parent=${object}&${PAGE}` },
    { kind: 'object', path: `${heap}/objects/${object}` },
    { kind: 'fields', path: `${heap}/objects/${object}/fields?${PAGE}` },
    { kind: 'outgoing references', path: `${heap}/objects/${object}/references/outgoing?${PAGE}` },
    { kind: 'incoming references', path: `${heap}/objects/${object}/references/incoming?${PAGE}` },
    { kind: 'paths to roots', path: `${heap}/objects/${object}/paths?exclude=weak,soft,phantom,finalizer` },
    { kind: 'chart window', path: `/api/artifacts/${log}/jstat/series?points=800${chartWindow()}` },
    { kind: 'case', path: '/api/cases?limit=20' },
  ]
  return questions[Math.floor(Math.random() * questions.length)]
}

/** Somewhere in a log of some hundred rows. */
function chartWindow(): string {
  const from = Math.floor(Math.random() * 300)
  return `&from=${from}&to=${from + 200}`
}
