import { Grid, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Problem } from '../api/problem.ts'
import { audit, user } from '../api/queries.ts'
import { AuditRows } from '../parts/audit-rows.tsx'
import { Mark } from '../parts/badges.tsx'
import { Empty, Loaded, Page, Section } from '../parts/page.tsx'
import { GoTo, To } from '../parts/to.tsx'
import { useMay } from '../parts/use-may.ts'
import { Authenticators } from '../parts/user-authenticators.tsx'
import { Devices } from '../parts/user-devices.tsx'
import { Exemption } from '../parts/user-exemption.tsx'
import { Factors } from '../parts/user-factors.tsx'
import { Password } from '../parts/user-password.tsx'
import { Profile } from '../parts/user-profile.tsx'
import { RemoveUser } from '../parts/user-remove.tsx'
import { Sessions } from '../parts/user-sessions.tsx'
import { Why } from '../parts/why.tsx'
import { useTexts } from '../texts/language.tsx'

const SHOWN_ROWS = 6

/** One user: why they are asked or not, and everything that decides over it. */
export function UserPage() {
  const { username = '' } = useParams({ strict: false })
  const { person: says, users: words, overview } = useTexts()
  const may = useMay()
  const query = useQuery(user(username))
  const rows = useQuery({ ...audit({ target: username, limit: String(SHOWN_ROWS) }), enabled: may('audit:read') })
  if (query.error instanceof Problem && query.error.status === 404)
    return (
      <Page title={username}>
        <Empty title={says.notFound} next={<To to="/users">{says.back}</To>} />
      </Page>
    )
  return (
    <Loaded query={query} height={420}>
      {({ body, etag }) => (
        <Page
          title={body.display_name || body.username}
          says={
            <Group gap="xs" component="span">
              <Text span>
                <bdi>{body.username}</bdi>
              </Text>
              <Mark says={words.kinds[body.kind]} />
              {body.status === 'disabled' && <Mark says={words.disabled} tone="bad" />}
              {body.bypass && <Mark says={words.exempt} tone="warn" />}
            </Group>
          }
          acts={<GoTo to="/users">{says.back}</GoTo>}
        >
          <Grid gap="lg" align="flex-start">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Stack gap="lg">
                <Why user={body} />
                <Profile key={etag ?? body.username} user={body} etag={etag} />
                <RemoveUser user={body} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Stack gap="lg">
                <Factors user={body} />
                <Exemption user={body} />
                <Authenticators user={body} />
                <Password user={body} />
                <Sessions user={body} />
                <Devices user={body} />
              </Stack>
            </Grid.Col>
          </Grid>
          {may('audit:read') && (
            <Section
              title={says.history}
              acts={
                <GoTo to="/audit" search={{ target: body.username }} size="xs">
                  {overview.allEntries}
                </GoTo>
              }
            >
              <Loaded query={rows}>{({ items }) => <AuditRows rows={items} caption={says.history} />}</Loaded>
            </Section>
          )}
        </Page>
      )}
    </Loaded>
  )
}
