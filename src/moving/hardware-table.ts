import type { CsvTable } from '#csv/read-csv.ts'
import { HARDWARE_FIELDS, hardwareCollector, type HardwareList } from './hardware-list.ts'

/** Hardware tokens from a table with a header. Columns besides `serial` and `secret` may be left out. */
export function readHardwareTable({ header, rows }: CsvTable): HardwareList {
  const collected = hardwareCollector()
  const names = header.map((name) => name.trim().toLowerCase())
  for (const name of names)
    if (!HARDWARE_FIELDS.some((each) => each === name))
      collected.problem(1, `there is no column "${name}"; known: ${HARDWARE_FIELDS.join(', ')}`)
  for (const wanted of ['serial', 'secret'])
    if (!names.includes(wanted)) collected.problem(1, `the column ${wanted} is missing`)
  if (collected.end().problems.length > 0) return collected.end()
  for (const { line, cells } of rows) collected.token(line, (field) => (cells[names.indexOf(field)] ?? '').trim())
  return collected.end()
}
