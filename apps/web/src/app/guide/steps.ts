/** The story of the demo case, step by step: which view, what leads there, and what to look at in it. */
import type { ViewKind } from '../view-list.ts'

export interface GuideStep {
  /** The view of the step; its texts are `guide.step.<view>`. */
  readonly view: Extract<ViewKind, 'top' | 'gc' | 'class-histogram' | 'overview' | 'dominators' | 'paths' | 'suspects'>
  /** Controls that lead there, as selectors: the first one on the screen is pointed at. */
  readonly controls: readonly string[]
  /** What to look at, once there. */
  readonly sights: readonly string[]
}

function inTheList(view: GuideStep['view']): readonly string[] {
  return [`nav [data-view="${view}"]`]
}

const FIRST_ROW = 'main [data-index="0"]'

export const GUIDE_STEPS: readonly GuideStep[] = [
  { view: 'top', controls: inTheList('top'), sights: [FIRST_ROW, 'main table'] },
  { view: 'gc', controls: inTheList('gc'), sights: ['main article'] },
  { view: 'class-histogram', controls: inTheList('class-histogram'), sights: [FIRST_ROW] },
  { view: 'overview', controls: inTheList('overview'), sights: ['main [role=tree]', 'main h2'] },
  { view: 'dominators', controls: inTheList('dominators'), sights: [FIRST_ROW] },
  {
    view: 'paths',
    // First a row is to be selected; then the Inspector has the button, if it is shown.
    controls: [
      'aside [data-action=paths]',
      'header [data-inspector][aria-pressed=false]',
      'main [role=treegrid] [data-index="0"]',
      ...inTheList('dominators'),
    ],
    sights: ['main [role=row]:has([data-own-mark])', FIRST_ROW],
  },
  { view: 'suspects', controls: inTheList('suspects'), sights: ['main article'] },
]

/** The first of these that can be seen. */
export function findShown(selectors: readonly string[]): HTMLElement | undefined {
  for (const selector of selectors) {
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      if (element.getClientRects().length > 0) return element
    }
  }
  return undefined
}
