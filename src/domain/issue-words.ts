/** What is said of a value that does not have the shape it must have: by the library's words, but for what is not there at all. */
export function issueWords(issue: { readonly message: string } | undefined): string {
  if (issue === undefined) return 'is not valid'
  return issue.message.endsWith('received undefined') ? 'is missing' : issue.message
}
