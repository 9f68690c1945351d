import type { Command } from 'commander'
import { EXIT, Failure } from './exit-codes.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

/** What can follow: below a path of commands ("users add"), the next commands and the options. */
interface Place {
  readonly path: string
  readonly words: readonly string[]
}

/** The script that a shell reads to complete commands and options. It is made from the commands, so it knows each of them. */
export function completion(program: Command, shell: string): string {
  const places = placesOf(
    program,
    '',
    program.options.map(({ long }) => long ?? '').filter((each) => each !== '--version'),
  )
  switch (shell) {
    case 'bash':
      return bash(places)
    case 'zsh':
      return zsh(places)
    case 'fish':
      return fish(places)
    default:
      throw new Failure(EXIT.usage, `There is completion for ${SHELLS.join(', ')}, not for "${shell}".`)
  }
}

function placesOf(command: Command, path: string, everywhere: readonly string[]): readonly Place[] {
  const options = command.options.flatMap(({ long }) => (long ? [long] : []))
  const below = command.commands.map((each) => each.name())
  const words = [...new Set([...below, ...options, ...everywhere, '--help'])]
  const deeper = command.commands.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim(), everywhere))
  return [{ path, words }, ...deeper]
}

/** Shell code that walks the words typed so far down the tree; the value of an option is no command and moves nothing. */
function walk(places: readonly Place[], typed: string): string {
  const known = places.filter(({ path }) => path !== '').map(({ path }) => `"${path}"`)
  return `  local at= word
  for word in ${typed}; do
    case "\${at:+$at }$word" in
      ${known.join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at" in
${places.map(({ path, words }) => `    "${path}") words="${words.join(' ')}" ;;`).join('\n')}
  esac`
}

function bash(places: readonly Place[]): string {
  return `# countersign completion bash > /etc/bash_completion.d/countersign
_countersign() {
  local words=
${walk(places, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _countersign countersign
`
}

function zsh(places: readonly Place[]): string {
  return `#compdef countersign
# countersign completion zsh > "\${fpath[1]}/_countersign"
_countersign() {
  local next=
${walk(places, '"${(@)words[2,CURRENT-1]}"').replaceAll(') words=', ') next=')}
  compadd -- \${=next}
  _files
}
compdef _countersign countersign
`
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words }) => {
    const commands = words.filter((word) => !word.startsWith('--'))
    const options = words.filter((word) => word.startsWith('--')).map((word) => ` -l ${word.slice(2)}`)
    const where = `complete -c countersign -n 'test (__countersign_at) = "${path}"'`
    return [
      ...(commands.length > 0 ? [`${where} -f -a '${commands.join(' ')}'`] : []),
      ...options.map((option) => where + option),
    ]
  })
  const known = places.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`]))
  return `# countersign completion fish > ~/.config/fish/completions/countersign.fish
function __countersign_at
  set -l at ''
  for word in (commandline -opc)[2..]
    set -l next (string trim "$at $word")
    contains -- $next ${known.join(' ')}; and set at $next
  end
  echo "$at"
end
${lines.join('\n')}
`
}
