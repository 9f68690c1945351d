import { Notification, Portal } from '@mantine/core'
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react'
import { useTexts } from '../texts/language.tsx'

const SHOWN_MS = 5_000

const Context = createContext<(said: string) => void>(() => undefined)

/** Says for a moment that something went well. What went wrong stays where it went wrong. */
export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const { common } = useTexts()
  const [said, setSaid] = useState<{ readonly text: string; readonly number: number } | null>(null)
  const say = useCallback((text: string) => setSaid((before) => ({ text, number: (before?.number ?? 0) + 1 })), [])
  useEffect(() => {
    if (!said) return undefined
    const timer = setTimeout(() => setSaid(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <Context value={say}>
      {children}
      <Portal>
        <div className="notice" role="status">
          {said && (
            <Notification
              key={said.number}
              color="pine"
              withBorder
              onClose={() => setSaid(null)}
              closeButtonProps={{ 'aria-label': common.close }}
            >
              {said.text}
            </Notification>
          )}
        </div>
      </Portal>
    </Context>
  )
}

export function useNotice(): (said: string) => void {
  return use(Context)
}
