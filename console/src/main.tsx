import '@mantine/core/styles.css'
import './console.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Problem } from './api/problem.ts'
import { NoticeProvider } from './parts/notice.tsx'
import { StepUpDialog } from './parts/step-up-dialog.tsx'
import { router } from './router.tsx'
import { styleNonce } from './site.ts'
import { LanguageProvider } from './texts/language.tsx'
import { theme } from './theme.ts'

const nonce = styleNonce()
// The part of Mantine that stops the page behind a dialog from scrolling looks for the nonce under this name.
Reflect.set(globalThis, '__webpack_nonce__', nonce)

const client = new QueryClient({
  defaultOptions: {
    // What cannot be reached is said at once; nothing waits in silence until the network is back.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 15_000,
      // What the server refused it refuses again; what did not reach it may reach it the next time.
      retry: (failures, error) => failures < 2 && !(error instanceof Problem),
    },
  },
})

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <DirectionProvider>
        <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
          <QueryClientProvider client={client}>
            <LanguageProvider>
              <NoticeProvider>
                <RouterProvider router={router} />
                <StepUpDialog />
              </NoticeProvider>
            </LanguageProvider>
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </StrictMode>,
  )
