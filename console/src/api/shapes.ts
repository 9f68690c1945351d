import type { z } from 'zod'
import type * as things from '../../../src/api/administration-schemas.ts'
import type * as delivery from '../../../src/api/delivery-schemas.ts'
import type * as seen from '../../../src/api/view-schemas.ts'
import type * as providers from '../../../src/api/identity-provider-schemas.ts'
import type * as reports from '../../../src/api/report-schemas.ts'
import type * as basics from '../../../src/api/schemas.ts'
import type { PROBLEMS } from '../../../src/http/problems.ts'

// The shapes of the API, from the very schemas that the server checks by. Types only: nothing of the server comes along.

export type Me = z.output<typeof basics.WhoAmI>
export type Right = Me['rights'][number]
export type Decision = z.output<typeof basics.Decision>
export type Explained = z.output<typeof basics.Explained>
export type Contact = z.output<typeof basics.Contact>
export type AuditPage = z.output<typeof basics.AuditPage>
export type AuditRow = AuditPage['items'][number]
export type Challenged = z.output<typeof basics.Challenged>

export type User = z.output<typeof things.UserBody>
export type UserChange = z.input<typeof things.UserChange>
export type NewUser = z.input<typeof things.NewUser>
export type GrantBypass = z.input<typeof things.GrantBypass>
export type SessionRow = z.output<typeof things.SessionPage>['items'][number]
export type DeviceRow = z.output<typeof things.DevicePage>['items'][number]
export type Authenticators = z.output<typeof things.AuthenticatorPage>
export type Role = z.output<typeof things.RoleBody>
export type RoleChange = z.input<typeof things.RoleChange>
export type Application = z.output<typeof things.ApplicationBody>
export type ApplicationChange = z.input<typeof things.ApplicationChange>
export type Key = z.output<typeof things.KeyBody>
export type NewKey = z.input<typeof things.NewKey>
export type CreatedKey = z.output<typeof things.CreatedKey>
export type PresetApplied = z.output<typeof things.PresetApplied>
export type Ended = z.output<typeof things.Ended>
export type ResetMailed = z.output<typeof things.ResetMailed>

export type Previewed = z.output<typeof reports.Previewed>
export type Bypasses = z.output<typeof reports.BypassReport>

export type Overview = z.output<typeof seen.OverviewBody>
export type Step = keyof Overview['checklist']
export type Activity = z.output<typeof seen.Activity>
export type ListedUser = z.output<typeof seen.ListedUser>
export type Standing = ListedUser['standing']
export type TwoFactorUsers = z.output<typeof seen.TwoFactorUsers>
export type TwoFactorUser = TwoFactorUsers['items'][number]
export type UserFilter = z.input<typeof seen.UserFilter>
export type SettingList = z.output<typeof seen.SettingList>
export type Setting = SettingList['settings'][number]

export type ProblemCode = keyof typeof PROBLEMS
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next_cursor: string | null
}
export type Health = z.output<typeof delivery.DeliveryHealthBody>
export type ChannelHealth = Health['channels'][number]
export type Channel = ChannelHealth['channel']
export type ChannelView = z.output<typeof delivery.ChannelView>
export type Tested = z.output<typeof delivery.DeliveryTested>
export type Proved = z.output<typeof delivery.DeliveryProved>
export type Provider = z.output<typeof providers.IdentityProviderBody>
export type NewProvider = z.input<typeof providers.NewIdentityProvider>
