/**
 * Code that comes when it is first needed, and is at hand from then on: asking the browser for a module again takes it
 * a few turns of a busy page even when it has it. One that could not be fetched is asked for again.
 */
export function fetchedOnce<T>(fetchIt: () => Promise<T>): () => Promise<T> {
  let fetched: Promise<T> | undefined;
  return () => {
    fetched ??= fetchIt();
    fetched.catch(() => (fetched = undefined));
    return fetched;
  };
}
