/** The place of an element before and after the list it stands in was put in another order. */
interface Places {
  readonly from: DOMRect;
  readonly to: DOMRect;
}

/**
 * Lets a row glide up or down to its new place; for `animate:` of a list.
 *
 * The row is moved by an animation of the browser's own that fills neither before nor after it: a list that is set
 * anew every second, on a computer that draws less often, would otherwise begin again each time and leave rows lying
 * over one another.
 */
export function glide(element: Element, { from, to }: Places, { durationMs }: { durationMs: number }) {
  const fromPx = from.top - to.top;
  if (fromPx !== 0 && durationMs > 0)
    element.animate([{ transform: `translateY(${fromPx}px)` }, { transform: 'none' }], {
      duration: durationMs,
      easing: 'ease-out',
      composite: 'add',
    });
  return { duration: 0 };
}
