import type { Application } from '#domain/application.ts'
import { isHostPattern, MOST_HOSTS } from '#domain/host-pattern.ts'
import type { FieldProblem } from './user-input.ts'

/** What is wrong with the hosts an application is to be protected at. A host belongs to one application, or none could judge it. */
export function hostProblems(
  applications: readonly Application[],
  { name, fields }: { readonly name: string; readonly fields: Partial<Pick<Application, 'hosts'>> },
): readonly FieldProblem[] {
  const { hosts = [] } = fields
  if (hosts.length > MOST_HOSTS) return [{ field: 'hosts', problem: `are ${MOST_HOSTS} at most` }]
  return hosts.flatMap((host, index): FieldProblem[] => {
    if (!isHostPattern(host)) {
      const problem = 'is a host in lower case like wiki.example.com, wiki.example.com:8443 or *.example.com'
      return [{ field: `hosts/${index}`, problem }]
    }
    if (hosts.indexOf(host) !== index) return [{ field: `hosts/${index}`, problem: 'stands here twice' }]
    const other = applications.find((each) => each.name !== name && each.hosts.includes(host))
    return other ? [{ field: `hosts/${index}`, problem: `belongs to the application ${other.name} already` }] : []
  })
}
