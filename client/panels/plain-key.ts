/**
 * The letter of a key pressed on its own, upper case, or undefined while someone types in a field or holds a
 * modifier: a shortcut must never eat a letter of a report.
 */
export function plainKey(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented)
    return undefined;
  const { target } = event;
  if (target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]'))
    return undefined;
  return event.key.length === 1 ? event.key.toUpperCase() : event.key;
}
