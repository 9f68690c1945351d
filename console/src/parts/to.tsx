import { Anchor, Button, type ButtonProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Search } from '../router.tsx'

export type Place =
  | '/'
  | '/two-factor'
  | '/users'
  | '/roles'
  | '/applications'
  | '/identity-providers'
  | '/api-keys'
  | '/settings'
  | '/manual'
  | '/audit'
  | '/users/$username'

interface Where {
  readonly to: Place
  readonly search?: Search
  readonly username?: string
  readonly hash?: string
}

/** A link to another page of the console. */
export function To({ children, label, ...where }: Where & { readonly children: ReactNode; readonly label?: string }) {
  return (
    <Anchor {...linked(where)} aria-label={label} underline="hover" inherit>
      {children}
    </Anchor>
  )
}

/** The same as a button. */
export function GoTo({
  children,
  size,
  variant = 'default',
  ...where
}: Where & ButtonProps & { readonly children: ReactNode }) {
  return (
    <Button {...linked(where)} size={size} variant={variant}>
      {children}
    </Button>
  )
}

function linked({ to, search = {}, username, hash }: Where) {
  // oxlint-disable-next-line typescript/no-explicit-any -- Mantine and the router each bring their own idea of a polymorphic link
  const component = Link as any
  return {
    component,
    to,
    search,
    ...(hash ? { hash } : {}),
    ...(username === undefined ? {} : { params: { username } }),
  }
}
