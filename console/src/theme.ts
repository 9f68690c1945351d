import { createTheme, type MantineColorsTuple, rem } from '@mantine/core'

/** The green of the login pages. The filled shades carry white text at more than 4.5 to 1 in light and in dark. */
const pine: MantineColorsTuple = [
  '#eaf5f2',
  '#d5e8e2',
  '#a9d1c6',
  '#7bbaa9',
  '#54a692',
  '#399a83',
  '#1f8570',
  '#0e7462',
  '#0b6b5c',
  '#074f44',
]

/** Greys of the dark with a little of the same green. */
const dark: MantineColorsTuple = [
  '#d8dfdd',
  '#b8c2bf',
  '#96a29f',
  '#6b7774',
  '#3d4744',
  '#333c3a',
  '#272e2c',
  '#1d2221',
  '#161a19',
  '#101312',
]

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 7 },
  colors: { pine, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Hebrew", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: rem(26), lineHeight: '1.25' }, h2: { fontSize: rem(17), lineHeight: '1.35' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Card: { defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md', highlightOnHover: true } },
    Modal: { defaultProps: { radius: 'lg', padding: 'lg', transitionProps: { duration: 0 } } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } },
    Checkbox: { defaultProps: { size: 'md' }, styles: { label: { fontSize: rem(14), lineHeight: rem(24) } } },
    Radio: { defaultProps: { size: 'md' }, styles: { label: { fontSize: rem(14), lineHeight: rem(24) } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true } } },
  },
})
