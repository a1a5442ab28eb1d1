import { Case } from '@heaptrail/api/cases'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { CaseStore } from '../cases/cases.ts'
import { caseNotFound } from '../errors.ts'

export interface DemoRouteNeeds {
  readonly cases: CaseStore
  /** @returns the id of the demo case */
  readonly openDemo: () => Promise<string>
}

export const demoRoutes: FastifyPluginAsyncZod<DemoRouteNeeds> = async (app, { cases, openDemo }) => {
  app.post(
    ROUTES.demo,
    {
      schema: {
        tags: ['cases'],
        summary: 'Make the demo case, or find the one that is there',
        response: { 200: Case },
      },
    },
    async () => {
      const found = await cases.read(await openDemo())
      if (found === undefined) throw caseNotFound()
      return found
    },
  )
}
