import { Card, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { audit, overview } from '../api/queries.ts'
import type { Overview } from '../api/shapes.ts'
import { AuditRows } from '../parts/audit-rows.tsx'
import { Checklist } from '../parts/checklist.tsx'
import { Coverage } from '../parts/coverage.tsx'
import { Figure } from '../parts/figure.tsx'
import { Loaded, Page, Section } from '../parts/page.tsx'
import { GoTo } from '../parts/to.tsx'
import { Troubles } from '../parts/troubles.tsx'
import { useMay } from '../parts/use-may.ts'
import { useMoments, useTexts } from '../texts/language.tsx'

// Charts are half of all there is to load: they come when they are seen.
const Activity = lazy(() => import('../parts/activity.tsx'))

const SHOWN_ROWS = 8

/** The state of the site before any setting: who is covered, who is stuck, what fails, and what happened last. */
export function OverviewPage() {
  const { shell, overview: says } = useTexts()
  const may = useMay()
  const seen = useQuery(overview)
  const last = useQuery({ ...audit({ limit: String(SHOWN_ROWS) }), enabled: may('audit:read') })
  return (
    <Page title={shell.pages.overview}>
      <Loaded query={seen} height={320}>
        {(data) => (
          <Stack gap="lg">
            <Coverage overview={data} />
            <Troubles overview={data} />
            <Figures overview={data} />
            {!Object.values(data.checklist).every(Boolean) && <Checklist overview={data} />}
          </Stack>
        )}
      </Loaded>
      {may('audit:read') && (
        <>
          <Suspense fallback={<Card h={360} />}>
            <Activity />
          </Suspense>
          <Section
            title={says.last}
            acts={
              <GoTo to="/audit" size="xs">
                {says.allEntries}
              </GoTo>
            }
          >
            <Loaded query={last}>{({ items }) => <AuditRows rows={items} caption={says.last} />}</Loaded>
          </Section>
        </>
      )}
    </Page>
  )
}

function Figures({ overview: { stuck, standing, locked, exempt, channels } }: { readonly overview: Overview }) {
  const { overview: says } = useTexts()
  const { percent } = useMoments()
  const failed = channels.email.failed + channels.sms.failed
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <Figure
        title={says.stuck}
        value={stuck.count}
        says={says.stuckSays}
        tone="bad"
        to={{ to: '/users', search: { standing: standing.refused > 0 ? 'refused' : 'must_enrol' } }}
      />
      <Figure
        title={says.locked}
        value={locked.count}
        says={says.lockedSays}
        tone="bad"
        to={{ to: '/users', search: { show: 'locked' } }}
      />
      <Figure
        title={says.exempt}
        value={exempt.count}
        says={says.exemptSays(percent(exempt.share))}
        tone="warn"
        to={{ to: '/users', search: { show: 'exempt' } }}
      />
      <Figure
        title={says.failed}
        value={failed}
        says={says.failedSays}
        tone="bad"
        to={{ to: '/audit', search: { action: 'delivery.failed' } }}
      />
    </SimpleGrid>
  )
}
