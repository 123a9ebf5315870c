// Loaded before a program (node --import): at its end it tells its peak memory.
process.on('exit', () => {
  process.stderr.write(`\npeak-kilobytes ${process.resourceUsage().maxRSS}\n`)
})
