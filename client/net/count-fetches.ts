/** Tells how many bytes each call and each file of this page cost on the line; answers how to stop. */
export function countFetches(came: (bytes: number) => void): () => void {
  if (!('PerformanceObserver' in globalThis)) return () => undefined;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry instanceof PerformanceResourceTiming) came(entry.transferSize);
    }
  });
  observer.observe({ type: 'resource' });
  return () => observer.disconnect();
}
