import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { ask, get } from './client.ts'
import type * as is from './shapes.ts'

// What is read, and under which key it is kept. A change names the first word of what it makes out of date.

type Filter = Readonly<Record<string, string | undefined>>

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<is.Me>('/session', {}, signal),
  staleTime: 60_000,
})

export const overview = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => get<is.Overview>('/reports/overview', {}, signal),
})

export const activity = (days: number) =>
  queryOptions({
    queryKey: ['activity', days],
    queryFn: ({ signal }) => get<is.Activity>('/reports/activity', { days }, signal),
  })

/** A page of a list; while the next one comes, the one before stays. */
export const list = <Item>(path: string, filter: Filter = {}) =>
  queryOptions({
    queryKey: [path.split('/')[1] ?? '', path, filter],
    queryFn: ({ signal }) => get<is.Page<Item>>(path, filter, signal),
    placeholderData: keepPreviousData,
  })

export const users = (filter: Filter) => list<is.ListedUser>('/users', filter)

export const twoFactorUsers = (filter: Filter) =>
  queryOptions({
    queryKey: ['users', 'two-factor', filter],
    queryFn: ({ signal }) => get<is.TwoFactorUsers>('/two-factor/users', filter, signal),
    placeholderData: keepPreviousData,
  })

export const user = (name: string) =>
  queryOptions({
    queryKey: ['users', 'one', name],
    queryFn: ({ signal }) => ask<is.User>('GET', `/users/${encodeURIComponent(name)}`, { signal }),
  })

export const ofUser = <Body>(name: string, what: 'sessions' | 'devices' | 'authenticators') =>
  queryOptions({
    queryKey: ['users', 'one', name, what],
    queryFn: ({ signal }) => get<Body>(`/users/${encodeURIComponent(name)}/${what}`, {}, signal),
  })

export const roles = list<is.Role>('/roles', { limit: '500' })
export const applications = list<is.Application>('/applications', { limit: '500' })
export const providers = list<is.Provider>('/identity-providers', { limit: '500' })
export const keys = list<is.Key>('/api-keys', { limit: '500' })
export const audit = (filter: Filter) =>
  queryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal }) => get<is.AuditPage>('/audit', filter, signal),
    placeholderData: keepPreviousData,
  })

export const settings = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => get<is.SettingList>('/settings/manual', {}, signal),
})

export const health = queryOptions({
  queryKey: ['delivery', 'health'],
  queryFn: ({ signal }) => get<is.Health>('/delivery/health', {}, signal),
})

export const channels = list<is.ChannelView>('/delivery/channels')
