import { ActionIcon, Button, Card, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import type { Contact } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Icon } from './icon.tsx'

const BLANK: Contact = { name: '', phone: '', email: '', text: '' }

/** Whom a user can turn to: each person with a way to reach them. */
export function ContactEditor({
  value,
  onChange,
  disabled,
  error,
}: {
  readonly value: unknown
  readonly onChange: (value: readonly Contact[]) => void
  readonly disabled: boolean
  readonly error: string | undefined
}) {
  const { settings: says } = useTexts()
  const persons = Array.isArray(value) ? (value as readonly Contact[]) : []
  const set = (index: number, more: Partial<Contact>): void =>
    onChange(persons.map((each, at) => (at === index ? { ...each, ...more } : each)))
  const fields = [
    ['name', says.personName],
    ['phone', says.personPhone],
    ['email', says.personEmail],
    ['text', says.personText],
  ] as const
  return (
    <Stack gap="sm" w="100%">
      {persons.length === 0 && (
        <Text size="sm" c="dimmed">
          {says.noPersons}
        </Text>
      )}
      {persons.map((person, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a person has no other name here than their place
        <Card key={index} padding="sm" role="group" aria-label={`${says.person} ${index + 1}`}>
          <Group align="flex-end" wrap="nowrap">
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" flex={1}>
              {fields.map(([field, label]) => (
                <TextInput
                  key={field}
                  label={label}
                  value={person[field]}
                  disabled={disabled}
                  onChange={(event) => set(index, { [field]: event.currentTarget.value })}
                />
              ))}
            </SimpleGrid>
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              disabled={disabled}
              aria-label={says.removePerson(person.name)}
              onClick={() => onChange(persons.filter((_, at) => at !== index))}
            >
              <Icon name="bin" />
            </ActionIcon>
          </Group>
        </Card>
      ))}
      {error !== undefined && (
        <Text size="sm" c="var(--tone-bad)" role="alert">
          {error}
        </Text>
      )}
      {!disabled && persons.length < 10 && (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => onChange([...persons, BLANK])}
          >
            {says.addPerson}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
