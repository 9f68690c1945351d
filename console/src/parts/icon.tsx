/** Drawn on a grid of 24; strokes take the colour of the text around them. */
const PATHS = {
  overview: 'M4 13h7V4H4zM13 20h7v-9h-7zM4 20h7v-4H4zM13 4v4h7V4z',
  shield: 'M12 3l7 3v5c0 4.6-2.9 8.2-7 10-4.1-1.8-7-5.4-7-10V6zM9 12l2.2 2.2L15.2 10',
  users:
    'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3 20c.4-3.4 2.8-5.4 6-5.4s5.600 2 6 5.400M16 4.300a3.500 3.500 0 010 6.400M17.500 14.900c2 .7 3.200 2.500 3.500 5.100',
  role: 'M4 7h16v12H4zM9 7V4.500h6V7M4 12h16M12 11v2.500',
  app: 'M4 5h16v14H4zM4 9h16M7 7h.01M9.500 7h.01',
  key: 'M8 15a4 4 0 110-8 4 4 0 010 8zM12 11h9M18 11v4M15 11v3',
  settings:
    'M12 15a3 3 0 100-6 3 3 0 000 6zM12 3v2.500M12 18.500V21M3 12h2.500M18.500 12H21M5.600 5.600l1.800 1.800M16.600 16.600l1.800 1.800M18.400 5.600l-1.800 1.800M7.400 16.600l-1.800 1.800',
  audit: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17.300v.01',
  info: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v5.500M12 7.800v.01',
  done: 'M12 21a9 9 0 100-18 9 9 0 000 18zM8 12.300l2.700 2.700L16 9.700',
  open: 'M12 21a9 9 0 100-18 9 9 0 000 18z',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM20 20l-4-4',
  download: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M4 20h16',
  sun: 'M12 16a4 4 0 100-8 4 4 0 000 8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  globe: 'M12 21a9 9 0 100-18 9 9 0 000 18zM3 12h18M12 3c3 3.200 3 14.800 0 18M12 3c-3 3.200-3 14.800 0 18',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4.500 20.500c.6-4 3.600-6 7.500-6s6.900 2 7.500 6',
  bin: 'M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 017 0v3',
  back: 'M15 5l-7 7 7 7',
  book: 'M5 4h10a4 4 0 014 4v12H9a4 4 0 01-4-4zM9 8h6M9 12h6',
  provider: 'M4 20V9l8-5 8 5v11M9 20v-6h6v6',
} as const
export type IconName = keyof typeof PATHS

/** A picture beside words that say the same; it is nothing to whoever does not see it. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
