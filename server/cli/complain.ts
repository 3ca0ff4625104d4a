/** Ends a command with its reason on one line of stderr, as an operator wants to read it. */
export function complainAndExit(reason: unknown): never {
  const line = reason instanceof Error ? reason.message : String(reason);
  process.stderr.write(`nightflash: ${line.replaceAll('\n', ' ')}\n`);
  process.exit(1);
}
