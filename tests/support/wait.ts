interface UntilOptions {
  readonly timeoutMs?: number;
  /** What is waited for, said when it does not come. */
  readonly what: string;
}

const pollEveryMs = 10;

/**
 * Waits until `condition` answers something true, and answers that. Fails after the deadline with `what` and the
 * last error of the condition, which may throw as long as it likes until then.
 */
export async function until<Result>(
  condition: () => Result | Promise<Result>,
  options: UntilOptions,
): Promise<NonNullable<Exclude<Awaited<Result>, false | '' | 0>>> {
  const deadline = performance.now() + (options.timeoutMs ?? 10_000);
  let lastError: unknown;
  for (;;) {
    try {
      const result = await condition();
      // Truthy by this very test.
      if (result) return result as NonNullable<Exclude<Awaited<Result>, false | '' | 0>>;
      lastError = undefined;
    } catch (cause) {
      lastError = cause;
    }
    if (performance.now() > deadline)
      throw new Error(`waited in vain for: ${options.what}`, { cause: lastError });
    await new Promise((resolve) => setTimeout(resolve, pollEveryMs));
  }
}
