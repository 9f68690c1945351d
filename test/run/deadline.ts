/** How long one test file may take. Longer than the slowest process that a test waits for. */
const SLOWEST_FILE_MS = 300_000

// Loaded into every test file's process. The runner's own limit asks politely, and a file whose hook failed halfway never hears it: one such file
// would keep the whole run from ending.
if (process.env['NODE_TEST_CONTEXT'] !== undefined)
  setTimeout(() => {
    process.stderr.write(`This file did not end within ${SLOWEST_FILE_MS / 1_000} s.\n`)
    process.kill(process.pid, 'SIGKILL')
  }, SLOWEST_FILE_MS).unref()
