/**
 * Calls a listener so that a fault in it cannot stop the record from answering others. The fault is thrown anew
 * outside, where it ends the process as any uncaught error does: it must not pass unseen.
 */
export function callListener(call: () => void): void {
  try {
    call();
  } catch (cause) {
    queueMicrotask(() => {
      throw cause;
    });
  }
}
